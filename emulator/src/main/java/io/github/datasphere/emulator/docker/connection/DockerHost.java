package io.github.datasphere.emulator.docker.connection;

import io.github.datasphere.emulator.base.Sha256;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the engine as the {@code docker} command does: {@code DOCKER_HOST} (with
 * {@code DOCKER_TLS_VERIFY} and {@code DOCKER_CERT_PATH}), {@code DOCKER_CONTEXT}, the context in
 * use, then the sockets of this machine, those of rootless engines and Podman included.
 */
public final class DockerHost {
  private static final Set<String> SCHEMES = Set.of("unix", "tcp", "npipe");
  private static final String UNIX = "unix://";
  private static final Path STANDARD = Path.of("/var/run/docker.sock");
  private static final int PLAIN_PORT = 2375;
  private static final int TLS_PORT = 2376;

  private final Map<String, String> environment;
  private final DockerHome home;

  /**
   * Finds the engine of the user with these variables.
   *
   * @throws DockerEngineException if they name a folder that this system cannot have
   */
  public DockerHost(Map<String, String> environment) throws DockerEngineException {
    this.environment = environment;
    this.home = DockerHome.of(environment);
  }

  /**
   * Returns where the engine is.
   *
   * @throws DockerEngineException if the user's settings name none
   */
  public DockerAddress find() throws DockerEngineException {
    var host = named("DOCKER_HOST");
    if (host.isPresent()) {
      return ofVariable(host.get());
    }
    var context = named("DOCKER_CONTEXT");
    if (context.isPresent()) {
      return isStandard(context.get()) ? standard("DOCKER_CONTEXT") : ofContext(context.get());
    }
    try {
      var current = home.config().path("currentContext").asText("");
      return isStandard(current) ? standard("") : ofContext(current);
    } catch (DockerHome.Unreadable e) {
      // Like the docker command: warn, and take the standard place
      return standard(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the address of an engine that the emulator's configuration names.
   *
   * @param name key of the engine below {@code engines}
   * @param certificates folder of the files for TLS; empty for a connection without
   * @throws DockerEngineException if the address is none, or if the certificates cannot be used
   */
  public static DockerAddress configured(String name, String host, Optional<Path> certificates)
      throws DockerEngineException {
    var origin = DockerAddress.CONFIGURED + name;
    var uri = checked(host, origin);
    var isWithoutPort = "tcp".equals(uri.getScheme()) && uri.getPort() < 0;
    var port = certificates.isPresent() ? TLS_PORT : PLAIN_PORT;
    var tls = certificates.isPresent()
        ? Certificates.read(
            certificates.get(), origin + ".certificates names " + certificates.get())
        : null;
    return new DockerAddress(isWithoutPort ? URI.create(host + ":" + port) : uri, tls, origin);
  }

  private static boolean isStandard(String context) {
    return context.isEmpty() || context.equals("default");
  }

  private DockerAddress ofVariable(String host) throws DockerEngineException {
    var uri = checked(host, "DOCKER_HOST");
    var isTcp = "tcp".equals(uri.getScheme());
    var isSecure = isTcp && named("DOCKER_TLS_VERIFY").isPresent();
    var isWithoutPort = isTcp && uri.getPort() < 0;
    var whole = isWithoutPort ? URI.create(host + ":" + (isSecure ? TLS_PORT : PLAIN_PORT)) : uri;
    if (!isSecure) {
      return new DockerAddress(whole, null, "DOCKER_HOST");
    }
    var folder = named("DOCKER_CERT_PATH");
    var certificates =
        folder.isPresent() ? DockerHome.path(folder.get(), "DOCKER_CERT_PATH") : home.folder();
    var tls = Certificates.read(certificates, "DOCKER_TLS_VERIFY is set");
    return new DockerAddress(whole, tls, "DOCKER_HOST");
  }

  private DockerAddress ofContext(String context) throws DockerEngineException {
    var contexts = home.folder().resolve("contexts");
    var digest = Sha256.hex(context);
    var name = "the Docker context '" + context + "'";
    var uri =
        checked(host(contexts.resolve("meta").resolve(digest).resolve("meta.json"), name), name);
    var certificates = contexts.resolve("tls").resolve(digest).resolve("docker");
    var tls = Certificates.areMeantToBeIn(certificates)
        ? Certificates.read(certificates, name + " has certificates")
        : null;
    return new DockerAddress(uri, tls, name);
  }

  private static String host(Path meta, String name) throws DockerEngineException {
    var other = "choose another (docker context use, DOCKER_CONTEXT), or set DOCKER_HOST";
    try {
      var host = DockerHome.read(meta)
          .map(context -> context.path("Endpoints").path("docker").path("Host").asText(""));
      if (host.isEmpty()) {
        throw DockerEngineException.misled(name + " does not exist", other);
      }
      if (host.get().isBlank()) {
        throw DockerEngineException.misled(name + " names no engine (" + meta + ")", other);
      }
      return host.get();
    } catch (DockerHome.Unreadable e) {
      throw DockerEngineException.misled(
          name + " is damaged (" + e.getMessage() + ")",
          "make it again (docker context rm, docker context create), or set DOCKER_HOST");
    }
  }

  private static URI checked(String host, String where) throws DockerEngineException {
    try {
      if (host.startsWith(UNIX)) {
        // This is a path, which may contain blanks and any letters
        return new URI("unix", "", host.substring(UNIX.length()), null, null);
      }
      var uri = new URI(host);
      if ("npipe".equals(uri.getScheme()) && !isWindows()) {
        throw DockerEngineException.misled(
            where + " names " + host + ", a pipe as only Windows has them",
            "set DOCKER_HOST to unix:///path/to/docker.sock or tcp://host:port");
      }
      if (SCHEMES.contains(String.valueOf(uri.getScheme()))
          && (uri.getHost() != null || !"tcp".equals(uri.getScheme()))) {
        return uri;
      }
      if ("ssh".equals(uri.getScheme())) {
        throw DockerEngineException.misled(
            where + " names " + host + ", and engines are not reached through ssh",
            "forward its socket (ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock HOST) and set"
                + " DOCKER_HOST=unix:///tmp/docker.sock");
      }
    } catch (URISyntaxException e) {
      // Told below
    }
    throw DockerEngineException.misled(
        where + " names " + host + ", which is neither unix:// nor tcp://",
        "write it as unix:///path/to/docker.sock or tcp://host:port");
  }

  private Optional<String> named(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * Returns the socket of this machine or, if there is none, of an engine that runs without root.
   */
  private DockerAddress standard(String origin) throws DockerEngineException {
    if (isWindows()) {
      return new DockerAddress(URI.create("npipe:////./pipe/docker_engine"), null, origin);
    }
    var socket = Files.exists(STANDARD) ? STANDARD : other().orElse(STANDARD);
    return new DockerAddress(checked(UNIX + socket, "the environment"), null, origin);
  }

  private static boolean isWindows() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  private Optional<Path> other() throws DockerEngineException {
    var runtime = folder("XDG_RUNTIME_DIR");
    var own = folder("HOME");
    return Stream.of(
            runtime.map(folder -> folder.resolve("docker.sock")),
            own.map(folder -> folder.resolve(".docker/run/docker.sock")),
            runtime.map(folder -> folder.resolve("podman/podman.sock")))
        .flatMap(Optional::stream)
        .filter(Files::exists)
        .findFirst();
  }

  private Optional<Path> folder(String variable) throws DockerEngineException {
    var text = named(variable);
    return text.isEmpty() ? Optional.empty() : Optional.of(DockerHome.path(text.get(), variable));
  }
}
