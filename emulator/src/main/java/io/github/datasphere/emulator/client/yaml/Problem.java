package io.github.datasphere.emulator.client.yaml;

/**
 * Something wrong or doubtful in a file.
 *
 * @param place file and line, such as {@code config.yaml:12}
 * @param key key of the configuration; empty if the whole file is meant
 * @param message what is wrong and what to do
 */
public record Problem(String place, String key, String message) {
  @Override
  public String toString() {
    return place + ": " + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
