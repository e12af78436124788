package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.base.OwnerOnly;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.OutputDataset;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.LogFiles;
import io.github.datasphere.emulator.runner.LogFiles.LogFile;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.DatasetPlan;
import io.github.datasphere.emulator.runner.plan.JobPlanner;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.SizeText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Stores the outputs and log files that a run has left. */
final class RunCollection {
  private final Sandbox sandbox;
  private final RunnerParts parts;
  private final SystemLog log;
  private final LogFiles logFiles;
  private final Collecting collecting;

  RunCollection(Sandbox sandbox, RunnerParts parts, SystemLog log, Collecting collecting) {
    this.sandbox = sandbox;
    this.parts = parts;
    this.log = log;
    this.collecting = collecting;
    this.logFiles = new LogFiles(
        parts.ports().files(), parts.ports().log(), parts.events()::publish, collecting);
  }

  /**
   * Stores what a job leaves whose command never began: system.log alone (service-behaviour 5.9).
   */
  Collected withoutCommand(Job job) {
    var errors = new ArrayList<FileError>();
    var logs = logFiles.store(job, List.of(LogFile.SYSTEM), errors);
    return new Collected(List.of(), logs, List.of(), errors, List.of());
  }

  Collected collect(Job job, PlanNames names) throws IOException, PreparationException {
    var plan = new JobPlanner(parts.resources()).plan(job, names, sandbox.layout());
    var files = collecting.make(() -> sandbox.files(plan));
    var errors = new ArrayList<FileError>();
    var outputs =
        new Outputs(parts, job, files, collecting, log::info).store(plan.outputs(), errors);
    var datasets = succeeded(job) ? keep(plan.datasets(), files, errors) : List.<OutputDataset>of();
    tell(outputs, datasets, errors);
    return new Collected(
        outputs,
        logFiles.store(job, List.of(LogFile.STDOUT, LogFile.STDERR, LogFile.SYSTEM), errors),
        logFiles.store(job, diagnostics(job), errors),
        errors,
        datasets);
  }

  /**
   * Lists the diagnostic files; there is one for GPUs if the job had any (service-behaviour 4.23).
   */
  private List<LogFile> diagnostics(Job job) {
    return parts.ports().log().storedBytes(job.id(), LogSource.GPU_STATS) > 0
        ? List.of(LogFile.STATS, LogFile.GPU_STATS)
        : List.of(LogFile.STATS);
  }

  private static boolean succeeded(Job job) {
    return job.status() != JobStatus.CANCELLING
        && job.execution().ending() instanceof Ending.Exited exited
        && exited.returnCode() == 0;
  }

  /** Turns directories that the job filled into datasets (service-behaviour 4.21), once. */
  private List<OutputDataset> keep(
      List<DatasetPlan> plans, JobFiles files, List<FileError> errors) {
    var store = parts.resources().folders().outputDatasets();
    var kept = new ArrayList<OutputDataset>();
    for (var plan : plans) {
      var dataset = store.resolve(plan.id());
      try {
        if (!Files.isDirectory(dataset)) {
          OwnerOnly.createDirectories(store);
          collecting.make(() -> {
            files.keep(plan.path(), dataset, plan.desc().sizeBytes());
            return dataset;
          });
        }
        kept.add(new OutputDataset(plan.desc(), plan.id()));
      } catch (IOException e) {
        errors.add(new FileError.Log(
            "dataset " + plan.desc().name(),
            FileError.Type.UPLOAD_FAILED,
            "The directory " + plan.path() + " could not be kept: " + e));
      }
    }
    return kept;
  }

  private void tell(List<JobFile> outputs, List<OutputDataset> datasets, List<FileError> errors) {
    outputs.forEach(
        file -> log.info("Output " + file.desc().label() + ": " + SizeText.text(file.sizeBytes())));
    datasets.forEach(
        dataset -> log.info("Dataset " + dataset.desc().name() + " has the id " + dataset.id()));
    errors.forEach(error -> log.error("Output " + error.label() + ": " + error.description()));
  }
}
