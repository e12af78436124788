package io.github.datasphere.emulator.job.lifecycle;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.lifecycle.Decision.Decided;
import io.github.datasphere.emulator.job.lifecycle.Decision.Unchanged;
import io.github.datasphere.emulator.job.operation.OperationChange;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Ends a job that was executed beyond the limit of active jobs: its Execute begins like any other,
 * and fails seconds later (service-behaviour 3.17).
 */
final class QuotaRefusal {
  /** The text that users of the real service saw. */
  static final String TEXT = "Job execution quota exhausted";

  /** The real service took 3.4 s, counted from Create. */
  private static final Duration DELAY = Duration.ofSeconds(3);

  /** The empty log files that the service lists for such a job. */
  private static final Collected EMPTY_LOGS = new Collected(
      List.of(),
      empty("stdout.log", "stderr.log", "system.log"),
      empty("docker_stats.tsv", "gpu_stats.tsv", "job_progress.jsonl"),
      List.of(),
      List.of());

  private QuotaRefusal() {}

  /** Returns when an Execute at this moment fails. */
  static Instant at(Instant executedAt) {
    return executedAt.plus(DELAY);
  }

  static Decision turnAway(Job job, JobCommand.TurnAway command, Instant now) {
    return !job.isTurnedAway() || now.isBefore(job.execution().turnAwayAt())
        ? new Unchanged()
        : end(
            job.finished(JobStatus.ERROR, TEXT, EMPTY_LOGS, now),
            new OperationResult.Failed(ErrorCode.RESOURCE_EXHAUSTED, TEXT));
  }

  /** Cancels the job without a runner, since no runner knows it. */
  static Decision cancel(Job job, Instant now) {
    return end(
        job.finished(JobStatus.CANCELLED, JobEndings.CANCELLED_TEXT, Collected.NOTHING, now),
        JobEndings.cancelled());
  }

  private static Decision end(Job ended, OperationResult result) {
    var operation = Objects.requireNonNull(ended.execution().operation());
    return Decided.to(ended)
        .and(new Effect.EndLog(ended.id()))
        .and(new OperationChange.Complete(operation, result, ended));
  }

  private static List<JobFile> empty(String... names) {
    return Stream.of(names)
        .map(name -> new JobFile(new FileDesc(name, ""), JobFile.EMPTY_SHA256, 0, Compression.NONE))
        .toList();
  }
}
