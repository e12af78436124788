package io.github.datasphere.emulator.runner.plan;

/** A small file that the emulator itself writes for the job, such as the Spark connection. */
public record TextFile(String path, String content) {
  /** May hold a token: shows the path alone. */
  @Override
  public String toString() {
    return "TextFile[" + path + "]";
  }
}
