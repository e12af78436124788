package io.github.datasphere.emulator.job.spec;

/**
 * Where a file stands and the variable that names it in the command.
 *
 * @param path as the client sent it, always echoed unchanged (service-behaviour 2.6)
 * @param var empty if the file has no variable
 */
public record FileDesc(String path, String var) {
  public boolean hasVar() {
    return !var.isEmpty();
  }

  /** How messages name the file: its path, or its variable where the path says nothing. */
  public String label() {
    return path.isEmpty() ? var : path;
  }
}
