package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.OutputDataset;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.LogFiles;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.JobPlanner;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stores what a run has left. */
final class RunCollection {
  private final RunContext context;
  private final JobFolder folder;
  private final SystemLog log;

  RunCollection(RunContext context, JobFolder folder, SystemLog log) {
    this.context = context;
    this.folder = folder;
    this.log = log;
  }

  /** Of a job whose command never began: system.log alone (service-behaviour 5.9). */
  Collected withoutCommand(Job job) {
    var errors = new ArrayList<FileError>();
    var logs = logFiles().store(job, List.of(LogFiles.LogFile.SYSTEM), errors);
    return new Collected(List.of(), logs, List.of(), errors, List.of());
  }

  Collected collect(Job job, PlanNames names) throws IOException, PreparationException {
    var resources = context.settings().resources();
    var plan = new JobPlanner(resources).plan(job, names, folder.layout());
    var errors = new ArrayList<FileError>();
    var limit = resources.limits().outputBytes();
    var outputs = new Outputs(context.ports().files(), job.projectId(), boundary(plan), limit)
        .store(plan.outputs(), errors);
    var datasets = succeeded(job)
        ? new Datasets(resources.folders().outputDatasets()).keep(plan.datasets(), errors)
        : List.<OutputDataset>of();
    tell(outputs, datasets, errors);
    return new Collected(
        outputs,
        logFiles()
            .store(
                job,
                List.of(LogFiles.LogFile.STDOUT, LogFiles.LogFile.STDERR, LogFiles.LogFile.SYSTEM),
                errors),
        logFiles().store(job, List.of(LogFiles.LogFile.STATS), errors),
        errors,
        datasets);
  }

  private static boolean succeeded(Job job) {
    return job.status() != JobStatus.CANCELLING
        && job.execution().ending() instanceof Ending.Exited exited
        && exited.returnCode() == 0;
  }

  /** Outputs may lie in folders that were mounted. */
  private Boundary boundary(JobPlan plan) throws IOException {
    var roots = new ArrayList<Path>();
    roots.add(folder.work().toRealPath());
    for (var mount : plan.mounts()) {
      if (Files.isDirectory(mount.folder())) {
        roots.add(mount.folder().toRealPath());
      }
    }
    return new Boundary(roots);
  }

  private void tell(List<JobFile> outputs, List<OutputDataset> datasets, List<FileError> errors) {
    outputs.forEach(
        file -> log.info("Output " + file.desc().label() + ": " + Sizes.text(file.sizeBytes())));
    datasets.forEach(
        dataset -> log.info("Dataset " + dataset.desc().name() + " has the id " + dataset.id()));
    errors.forEach(error -> log.error("Output " + error.label() + ": " + error.description()));
  }

  private LogFiles logFiles() {
    return new LogFiles(context.ports().files(), context.ports().log());
  }
}
