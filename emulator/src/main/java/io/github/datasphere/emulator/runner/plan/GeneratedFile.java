package io.github.datasphere.emulator.runner.plan;

/** A small file that the emulator itself writes for the job, such as the Spark connection. */
public record GeneratedFile(String path, String content) {
  /** Shows the path alone, since the content may hold a token. */
  @Override
  public String toString() {
    return "TextFile[" + path + "]";
  }
}
