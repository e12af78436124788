package io.github.datasphere.emulator.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the engine as the {@code docker} command does: {@code DOCKER_HOST} (with
 * {@code DOCKER_TLS_VERIFY} and {@code DOCKER_CERT_PATH}), {@code DOCKER_CONTEXT}, the context in
 * use, then the sockets of this machine, those of rootless engines and Podman included.
 */
final class EngineHost {
  private static final String DOCKER_HUB = "https://index.docker.io/v1/";
  private static final Set<String> SCHEMES = Set.of("unix", "tcp", "npipe");
  private static final int PLAIN_PORT = 2375;
  private static final int TLS_PORT = 2376;

  private final Map<String, String> environment;

  EngineHost(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Where it is, and how it is spoken to in this version of the API.
   *
   * @throws EngineException if what the user has set names none
   */
  DockerClientConfig config(RemoteApiVersion version) throws EngineException {
    var builder = new DefaultDockerClientConfig.Builder()
        .withApiVersion(version)
        .withRegistryUrl(DOCKER_HUB)
        .withDockerConfig(folder().toString());
    var named = named("DOCKER_HOST");
    if (named.isPresent()) {
      return named(builder, named.get());
    }
    var context = named("DOCKER_CONTEXT");
    context.ifPresent(builder::withDockerContext);
    var config = builder.build();
    var current = context
        .or(() -> Optional.ofNullable(config.getDockerConfig().getCurrentContext()))
        .filter(name -> !name.isEmpty() && !name.equals("default"));
    if (current.isPresent()) {
      return ofContext(builder, current.get());
    }
    return otherSocket()
        .map(socket ->
            (DockerClientConfig) builder.withDockerHost("unix://" + socket).build())
        .orElse(config);
  }

  private DockerClientConfig named(DefaultDockerClientConfig.Builder builder, String host)
      throws EngineException {
    var uri = checked(host, "DOCKER_HOST");
    var tls = "tcp".equals(uri.getScheme()) && named("DOCKER_TLS_VERIFY").isPresent();
    if (tls) {
      var certificates = named("DOCKER_CERT_PATH").map(Path::of).orElse(folder());
      if (!hasCertificates(certificates)) {
        throw EngineException.misled(
            "DOCKER_TLS_VERIFY is set, but " + certificates
                + " does not hold ca.pem, cert.pem and key.pem",
            "put them there, or name their folder in DOCKER_CERT_PATH");
      }
      builder.withCustomSslConfig(new LocalDirectorySSLConfig(certificates.toString()));
    }
    var isWithoutPort = "tcp".equals(uri.getScheme()) && uri.getPort() < 0;
    return builder
        .withDockerHost(isWithoutPort ? host + ":" + (tls ? TLS_PORT : PLAIN_PORT) : host)
        .build();
  }

  private DockerClientConfig ofContext(DefaultDockerClientConfig.Builder builder, String context)
      throws EngineException {
    var contexts = folder().resolve("contexts");
    var digest = sha256(context);
    if (Files.notExists(contexts.resolve("meta").resolve(digest).resolve("meta.json"))) {
      throw EngineException.misled(
          "the Docker context '" + context + "' does not exist",
          "choose another (docker context use, DOCKER_CONTEXT), or set DOCKER_HOST");
    }
    var certificates = contexts.resolve("tls").resolve(digest).resolve("docker");
    if (hasCertificates(certificates)) {
      builder.withCustomSslConfig(new LocalDirectorySSLConfig(certificates.toString()));
    }
    var config = builder.build();
    checked(config.getDockerHost().toString(), "the Docker context '" + context + "'");
    return config;
  }

  private static URI checked(String host, String where) throws EngineException {
    try {
      var uri = URI.create(host);
      if (SCHEMES.contains(String.valueOf(uri.getScheme()))
          && (uri.getHost() != null || !"tcp".equals(uri.getScheme()))) {
        return uri;
      }
      if ("ssh".equals(uri.getScheme())) {
        throw EngineException.misled(
            where + " names " + host + ", and engines are not reached through ssh",
            "forward its socket (ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock HOST) and set"
                + " DOCKER_HOST=unix:///tmp/docker.sock");
      }
    } catch (IllegalArgumentException e) {
      // Told below
    }
    throw EngineException.misled(
        where + " names " + host + ", which is neither unix:// nor tcp://",
        "write it as unix:///path/to/docker.sock or tcp://host:port");
  }

  private static boolean hasCertificates(Path folder) {
    return Stream.of("ca.pem", "cert.pem", "key.pem")
        .allMatch(name -> Files.isReadable(folder.resolve(name)));
  }

  /** Of what the {@code docker} command remembers. */
  private Path folder() {
    return named("DOCKER_CONFIG")
        .map(Path::of)
        .orElseGet(() -> Path.of(
            named("HOME").orElseGet(() -> System.getProperty("user.home", "/")), ".docker"));
  }

  private Optional<String> named(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** If there is nothing at the standard place: one of an engine that runs without root. */
  private Optional<Path> otherSocket() {
    if (Files.exists(Path.of("/var/run/docker.sock"))) {
      return Optional.empty();
    }
    var runtime = named("XDG_RUNTIME_DIR").map(Path::of);
    var home = named("HOME").map(Path::of);
    return Stream.of(
            runtime.map(folder -> folder.resolve("docker.sock")),
            home.map(folder -> folder.resolve(".docker/run/docker.sock")),
            runtime.map(folder -> folder.resolve("podman/podman.sock")))
        .flatMap(Optional::stream)
        .filter(Files::exists)
        .findFirst();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
