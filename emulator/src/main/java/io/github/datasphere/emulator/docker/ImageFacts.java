package io.github.datasphere.emulator.docker;

import java.util.List;

/**
 * An image that the engine has.
 *
 * @param id id from which containers are made
 * @param environment variables, each {@code NAME=value}
 */
public record ImageFacts(String id, String architecture, List<String> environment) {
  private static final String PATH = "PATH=";

  /** The path that Docker sets if the image has none. */
  private static final String STANDARD_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  public ImageFacts {
    environment = List.copyOf(environment);
  }

  /** Returns the path in which programs are looked for. */
  public String path() {
    return environment.stream()
        .filter(variable -> variable.startsWith(PATH))
        .map(variable -> variable.substring(PATH.length()))
        .findFirst()
        .orElse(STANDARD_PATH);
  }
}
