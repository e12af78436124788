package io.github.datasphere.emulator.job;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is now; immutable.
 *
 * @param seq order of creation within the emulator; newer jobs have larger numbers
 * @param statusDetails a sentence for humans; empty if there is nothing to say
 * @param finishedAt null until the job is terminal
 * @param results the outputs of the run; {@link Collected#NOTHING} until then
 */
public record Job(
    JobId id,
    ProjectId projectId,
    long seq,
    Submission submission,
    JobStatus status,
    String statusDetails,
    Execution execution,
    @Nullable Instant finishedAt,
    Collected results,
    DataRetention data) {

  public JobParameters parameters() {
    return submission.parameters();
  }

  /**
   * Returns when time alone changes this job next: a graceful cancel loses patience, a job beyond
   * the quota ends, or data expire.
   */
  public Optional<Instant> deadline() {
    if (status == JobStatus.CANCELLING) {
      return Optional.ofNullable(execution.killAt());
    }
    if (isTurnedAway()) {
      return Optional.ofNullable(execution.turnAwayAt());
    }
    return status.isActive() || data.cleared()
        ? Optional.empty()
        : Optional.ofNullable(data.expiresAt());
  }

  /** Whether the job was executed beyond the quota; then it never runs, and ends within seconds. */
  public boolean isTurnedAway() {
    return status == JobStatus.PREPARING && execution.turnAwayAt() != null;
  }

  /**
   * Returns the stored files that this job needs; it holds a claim on each (docs/architecture.md).
   */
  public Set<FileKey> claims() {
    var keys = new LinkedHashSet<FileKey>();
    if (!data.cleared()) {
      storedFiles().forEach(file -> keys.add(new FileKey(projectId, file.sha256())));
    }
    return keys;
  }

  /**
   * Returns the size in bytes of all files stored for this job; shared content counts for each job.
   */
  public long dataSizeBytes() {
    return data.cleared()
        ? 0
        : storedFiles().stream().mapToLong(JobFile::sizeBytes).sum();
  }

  /** Returns every file of this job that may be stored: inputs and outputs. */
  public List<JobFile> storedFiles() {
    var files = new ArrayList<>(parameters().uploads());
    files.addAll(producedFiles());
    return files;
  }

  /**
   * Returns outputs, logs and diagnostics: the files that DownloadJobFiles can give
   * (service-behaviour 6.11).
   */
  public List<JobFile> producedFiles() {
    var files = new ArrayList<>(results.outputFiles());
    files.addAll(results.logFiles());
    files.addAll(results.diagnosticFiles());
    return files;
  }

  public Instant retentionBase() {
    return finishedAt == null ? submission.createdAt() : finishedAt;
  }

  public Job with(JobStatus newStatus, Execution newExecution) {
    return new Job(
        id,
        projectId,
        seq,
        submission,
        newStatus,
        statusDetails,
        newExecution,
        finishedAt,
        results,
        data);
  }

  public Job with(Execution newExecution) {
    return with(status, newExecution);
  }

  public Job with(DataRetention newData) {
    return new Job(
        id,
        projectId,
        seq,
        submission,
        status,
        statusDetails,
        execution,
        finishedAt,
        results,
        newData);
  }

  public Job finished(JobStatus end, String details, Collected collected, Instant now) {
    return new Job(
        id,
        projectId,
        seq,
        submission,
        end,
        details,
        execution.killAt(null),
        now,
        collected,
        data.restartAt(now));
  }
}
