package io.github.datasphere.emulator.job;

import io.github.datasphere.emulator.job.spec.JobFile;
import java.util.List;

/** What was found and stored when the run was over (service-behaviour 4.20, 5.9). */
public record Collected(
    List<JobFile> outputFiles,
    List<JobFile> logFiles,
    List<JobFile> diagnosticFiles,
    List<FileError> errors,
    List<OutputDataset> datasets) {
  public static final Collected NOTHING =
      new Collected(List.of(), List.of(), List.of(), List.of(), List.of());

  public Collected {
    outputFiles = List.copyOf(outputFiles);
    logFiles = List.copyOf(logFiles);
    diagnosticFiles = List.copyOf(diagnosticFiles);
    errors = List.copyOf(errors);
    datasets = List.copyOf(datasets);
  }
}
