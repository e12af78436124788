package io.github.datasphere.emulator.store;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.DataRetention;
import io.github.datasphere.emulator.job.Execution;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.Submission;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationKind;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.Environment;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small jobs that differ in what a store has to tell apart. */
public final class SampleJobs {
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  public static final ProjectId PROJECT = new ProjectId("bt1project");

  private SampleJobs() {}

  /** A job of {@link #PROJECT}; its id follows from {@code seq}. */
  public static Job job(long seq, JobStatus status, String... digests) {
    return job(PROJECT, seq, status, null, digests);
  }

  public static Job job(
      ProjectId project,
      long seq,
      JobStatus status,
      @Nullable Instant expiresAt,
      String... digests) {
    return new Job(
        id(seq),
        project,
        seq,
        new Submission("job " + seq, "", "", parameters(digests), NOON, "tester", null),
        status,
        "",
        new Execution(null, "c1.4", null, null, null, null, null),
        status.isTerminal() ? NOON : null,
        Collected.NOTHING,
        new DataRetention(null, expiresAt, false));
  }

  public static Job expiring(long seq, Instant expiresAt) {
    return job(PROJECT, seq, JobStatus.SUCCESS, expiresAt);
  }

  public static Job cleared(Job job) {
    return new Job(
        job.id(),
        job.projectId(),
        job.seq(),
        job.submission(),
        job.status(),
        job.statusDetails(),
        job.execution(),
        job.finishedAt(),
        job.results(),
        new DataRetention(null, job.data().expiresAt(), true));
  }

  public static JobId id(long seq) {
    return new JobId("job-" + Long.toString(seq * 7919 % 10_007, 32) + "-" + seq);
  }

  public static FileKey key(String digest) {
    return new FileKey(PROJECT, digest);
  }

  public static Operation operation(String id, Job job) {
    return Operation.open(new OperationId(id), OperationKind.EXECUTE, job, NOON);
  }

  public static Project project(String id, String community) {
    return new Project(
        new ProjectId(id), community, "Проект " + id, "", Map.of("team", "ml"), NOON, "tester");
  }

  public static Changes write(Job job) {
    return new Changes(job, null, List.of(), List.of());
  }

  public static Changes remove(Job job) {
    return new Changes(null, job.id(), List.of(), List.of());
  }

  private static JobParameters parameters(String... digests) {
    var inputs = new ArrayList<JobFile>();
    for (var digest : digests) {
      inputs.add(new JobFile(new FileDesc(digest + ".txt", ""), digest, 10, Compression.NONE));
    }
    return new JobParameters(
        inputs,
        List.of(),
        List.of(),
        List.of(),
        "true",
        Environment.PLAIN,
        false,
        List.of("c1.4"),
        null,
        List.of(),
        List.of(),
        null,
        null);
  }
}
