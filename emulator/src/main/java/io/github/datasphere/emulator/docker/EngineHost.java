package io.github.datasphere.emulator.docker;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the engine as the {@code docker} command does: {@code DOCKER_HOST} (with
 * {@code DOCKER_TLS_VERIFY} and {@code DOCKER_CERT_PATH}), {@code DOCKER_CONTEXT}, the context in
 * use, then the sockets of this machine, those of rootless engines and Podman included.
 */
final class EngineHost {
  private final Map<String, String> environment;

  EngineHost(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Where it is, and how it is spoken to in this version of the API. */
  DockerClientConfig config(RemoteApiVersion version) {
    var builder = DefaultDockerClientConfig.createDefaultConfigBuilder().withApiVersion(version);
    named("DOCKER_HOST").ifPresent(builder::withDockerHost);
    named("DOCKER_CONTEXT").ifPresent(builder::withDockerContext);
    named("DOCKER_CERT_PATH").ifPresent(builder::withDockerCertPath);
    var config = builder.build();
    if (isStandardSocket(config.getDockerHost())) {
      otherSocket().ifPresent(socket -> builder.withDockerHost("unix://" + socket));
      return builder.build();
    }
    return config;
  }

  private Optional<String> named(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static boolean isStandardSocket(URI host) {
    return "unix".equals(host.getScheme()) && "/var/run/docker.sock".equals(host.getPath());
  }

  /** If there is nothing at the standard place: one of an engine that runs without root. */
  private Optional<Path> otherSocket() {
    if (named("DOCKER_HOST").isPresent() || Files.exists(Path.of("/var/run/docker.sock"))) {
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
}
