package io.github.datasphere.emulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether a container engine may be there; told without the library for it, which takes a third of
 * a second to load.
 */
final class EngineSigns {
  private EngineSigns() {}

  static boolean areSeen(Map<String, String> environment) {
    if (isSet(environment, "DOCKER_HOST") || isSet(environment, "DOCKER_CONTEXT")) {
      return true;
    }
    var home = Path.of(environment.getOrDefault("HOME", "/nowhere"));
    var runtime = Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", "/nowhere"));
    return Stream.of(
            Path.of("/var/run/docker.sock"),
            runtime.resolve("docker.sock"),
            runtime.resolve("podman/podman.sock"),
            home.resolve(".docker/run/docker.sock"),
            home.resolve(".docker/contexts/meta"))
        .anyMatch(Files::exists);
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }
}
