package io.github.datasphere.emulator.grpc.mapping;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.DataRetention;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Execution;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.OutputDataset;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.Submission;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;
import io.github.datasphere.emulator.job.validation.Violations;
import io.github.datasphere.proto.jobs.JobParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Jobs in which everything is set that can be set at once. */
final class FullJobs {
  static final Instant CREATED = Instant.parse("2026-01-01T00:00:00.000000001Z");
  static final Collected RESULTS = new Collected(
      List.of(file("output")),
      List.of(file("system.log")),
      List.of(file("docker_stats.tsv")),
      List.of(
          new FileError.Output(
              new FileDesc("missing", "VAR"), FileError.Type.NOT_FOUND, "Not found"),
          new FileError.Log("stderr.log", FileError.Type.UPLOAD_FAILED, "disk full")),
      List.of(new OutputDataset(
          new OutputDatasetDesc("name", "description", Map.of("key", "value"), 5, "DATA"),
          "bt1dataset")));

  private FullJobs() {}

  /** Both flags of it, {@code data_cleared} and a size of the data, cannot be set at once. */
  static Job job(long seed, boolean cleared) {
    var parameters = ParametersMapping.toDomain(
        new RandomMessages(seed).fill(JobParameters.getDefaultInstance()), Violations.of(""));
    return new Job(
        new JobId("bt1job"),
        new ProjectId("bt1project"),
        7,
        new Submission(
            "name", "desc", "cmd: true", parameters, CREATED, "user", new JobId("bt1parent")),
        JobStatus.ERROR,
        "details",
        new Execution(
            new OperationId("bt1operation"),
            "g1.1",
            CREATED.plusSeconds(1),
            new Progress(50, "half", CREATED.plusSeconds(2)),
            null,
            new Ending.Exited(3, ""),
            null),
        CREATED.plusSeconds(3),
        RESULTS,
        new DataRetention(Duration.ofDays(1), CREATED.plusSeconds(86_403), cleared));
  }

  static JobFile file(String path) {
    return new JobFile(
        new FileDesc(path, "VAR_" + path.length()), "ab".repeat(32), 42, Compression.ZIP);
  }
}
