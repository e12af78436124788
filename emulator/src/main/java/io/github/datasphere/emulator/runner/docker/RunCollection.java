package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.OutputDataset;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.LogFiles;
import io.github.datasphere.emulator.runner.LogFiles.LogFile;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.JobPlanner;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.Sizes;
import java.util.ArrayList;
import java.util.List;

/** Stores what a run has left. */
final class RunCollection {
  private final RunContext context;
  private final SystemLog log;

  RunCollection(RunContext context, SystemLog log) {
    this.context = context;
    this.log = log;
  }

  /** Of a job whose command never began: system.log alone (service-behaviour 5.9). */
  Collected withoutCommand(Job job) {
    var errors = new ArrayList<FileError>();
    var logs = logFiles().store(job, List.of(LogFile.SYSTEM), errors);
    return new Collected(List.of(), logs, List.of(), errors, List.of());
  }

  Collected collect(Job job, String container, PlanNames names) throws PreparationException {
    var resources = context.settings().resources();
    var plan = new JobPlanner(resources).plan(job, names, RunContext.LAYOUT);
    var errors = new ArrayList<FileError>();
    var files = context.engine().files();
    var outputs = new Outputs(
            context.ports().files(),
            job.projectId(),
            files,
            container,
            new JobPaths(files, container, roots(plan)),
            resources.limits().outputBytes())
        .store(plan.outputs(), errors);
    var datasets = succeeded(job)
        ? new Datasets(files, container, resources.folders().outputDatasets())
            .keep(plan.datasets(), errors)
        : List.<OutputDataset>of();
    tell(outputs, datasets, errors);
    return new Collected(
        outputs,
        logFiles().store(job, List.of(LogFile.STDOUT, LogFile.STDERR, LogFile.SYSTEM), errors),
        logFiles().store(job, List.of(LogFile.STATS), errors),
        errors,
        datasets);
  }

  private static boolean succeeded(Job job) {
    return job.status() != JobStatus.CANCELLING
        && job.execution().ending() instanceof Ending.Exited exited
        && exited.returnCode() == 0;
  }

  /** Outputs may lie in folders that were mounted. */
  private static List<String> roots(JobPlan plan) {
    var roots = new ArrayList<String>();
    roots.add(RunContext.LAYOUT.root());
    plan.mounts().forEach(mount -> roots.add(mount.path()));
    return roots;
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
