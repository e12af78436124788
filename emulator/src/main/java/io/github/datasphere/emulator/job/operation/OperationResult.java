package io.github.datasphere.emulator.job.operation;

import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.OutputDataset;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.util.List;

/**
 * How an operation ended, in terms of the domain. It has no URLs, which are signed whenever it is
 * read.
 */
public sealed interface OperationResult {
  /** Create or Clone: these files have still to be uploaded (service-behaviour 2.4). */
  record Submitted(List<JobFile> missingFiles) implements OperationResult {
    public Submitted {
      missingFiles = List.copyOf(missingFiles);
    }
  }

  /** Execute ran the program to its end, whatever its code (service-behaviour 3.4, 3.5). */
  record Executed(
      int returnCode,
      List<JobFile> outputFiles,
      List<FileError> errors,
      List<OutputDataset> datasets)
      implements OperationResult {
    public Executed {
      outputFiles = List.copyOf(outputFiles);
      errors = List.copyOf(errors);
      datasets = List.copyOf(datasets);
    }
  }

  /** Delete, DeleteData, DeleteAllData, project creation: nothing more to say. */
  record Done() implements OperationResult {}

  /** The operation failed or was cancelled (service-behaviour 3.8, 3.9). */
  record Failed(ErrorCode code, String message) implements OperationResult {}
}
