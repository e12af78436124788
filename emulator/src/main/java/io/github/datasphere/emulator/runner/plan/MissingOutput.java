package io.github.datasphere.emulator.runner.plan;

import io.github.datasphere.emulator.job.FileError;

/**
 * Says what is wrong with an output that is missing where it should be (service-behaviour 3.6, 9.1,
 * 10.7).
 */
public final class MissingOutput {
  private MissingOutput() {}

  public static FileError of(OutputPlan output) {
    var description = "Not found: " + output.path();
    if (output.desc().path().matches(".*[*?\\[].*")) {
      description += "; an output is one file or one directory, patterns are not expanded:"
          + " declare the directory that holds the files";
    }
    return new FileError.Output(output.desc(), FileError.Type.NOT_FOUND, description);
  }
}
