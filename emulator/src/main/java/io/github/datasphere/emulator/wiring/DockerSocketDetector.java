package io.github.datasphere.emulator.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells whether a container engine may be there. It does so without the Docker library, which takes
 * a third of a second to load.
 */
final class DockerSocketDetector {
  private static final String NOWHERE = "/nowhere";

  /** A Docker context in use, other than the one that is always there. */
  private static final Pattern CONTEXT =
      Pattern.compile("\"currentContext\"\\s*:\\s*\"(?!default\"|\")");

  private DockerSocketDetector() {}

  static boolean areSeen(Map<String, String> environment) {
    if (isSet(environment, "DOCKER_HOST") || isSet(environment, "DOCKER_CONTEXT")) {
      return true;
    }
    var home = folder(environment, "HOME");
    var runtime = folder(environment, "XDG_RUNTIME_DIR");
    return Stream.of(
                Path.of("/var/run/docker.sock"),
                runtime.resolve("docker.sock"),
                runtime.resolve("podman/podman.sock"),
                home.resolve(".docker/run/docker.sock"))
            .anyMatch(Files::exists)
        || namesContext(
            isSet(environment, "DOCKER_CONFIG")
                ? folder(environment, "DOCKER_CONFIG")
                : home.resolve(".docker"));
  }

  private static boolean namesContext(Path folder) {
    try {
      return CONTEXT.matcher(Files.readString(folder.resolve("config.json"))).find();
    } catch (IOException e) {
      return false;
    }
  }

  private static Path folder(Map<String, String> environment, String name) {
    try {
      return Path.of(environment.getOrDefault(name, NOWHERE));
    } catch (InvalidPathException e) {
      return Path.of(NOWHERE);
    }
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }
}
