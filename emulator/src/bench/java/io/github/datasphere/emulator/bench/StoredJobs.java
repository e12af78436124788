package io.github.datasphere.emulator.bench;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.DataRetention;
import io.github.datasphere.emulator.job.Execution;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Submission;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.Environment;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.h2.H2JobStore;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Many finished jobs of one project, of which some failed. */
final class StoredJobs {
  static final ProjectId PROJECT = new ProjectId("bt1bench");
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  /** How many lie between two that failed, among a million. */
  private static final int RARE = 1000;

  /** Likewise among a thousand, so that they fill a page as well. */
  private static final int RARE_OF_FEW = 10;

  private StoredJobs() {}

  static Job job(long seq) {
    return job(seq, RARE);
  }

  private static Job job(long seq, int rare) {
    var status = seq % rare == 0 ? JobStatus.ERROR : JobStatus.SUCCESS;
    return new Job(
        new JobId("bt1" + seq),
        PROJECT,
        seq,
        new Submission("job " + seq, "", "name: job\n", parameters(), CREATED, "bench", null),
        status,
        "",
        new Execution(null, "c1.4", null, null, null, null, null),
        CREATED,
        Collected.NOTHING,
        new DataRetention(Duration.ofDays(14), CREATED.plus(Duration.ofDays(36_500)), false));
  }

  static Changes write(Job job) {
    return new Changes(job, null, List.of(), List.of());
  }

  /** Through the port. */
  static void fill(JobStore store, long count) {
    fill(store, count, count > RARE ? RARE : RARE_OF_FEW);
  }

  private static void fill(JobStore store, long count, int rare) {
    for (long seq = 1; seq <= count; seq++) {
      store.commit(write(job(seq, rare)));
    }
  }

  /** The same, but copied in the database from its first thousand. */
  static void fillDatabase(Path directory, long count) throws SQLException {
    try (var store = H2JobStore.open(directory)) {
      fill(store, RARE, count > RARE ? RARE : RARE_OF_FEW);
    }
    try (var connection =
            DriverManager.getConnection("jdbc:h2:async:" + directory.resolve("state"), "sa", "");
        var statement = connection.createStatement()) {
      for (long from = RARE; from < count; from += 100L * RARE) {
        long copies = Math.min(100, (count - from) / RARE);
        statement.execute("INSERT INTO job SELECT seq + " + from + " + " + RARE
            + " * n, id || '-" + from + "-' || n, project, status, active_seq, deadline, payload"
            + " FROM job, (SELECT x AS n FROM SYSTEM_RANGE(0, " + (copies - 1) + "))"
            + " WHERE seq <= " + RARE);
      }
      statement.execute("UPDATE journal SET seq = " + count);
    }
  }

  private static JobParameters parameters() {
    return new JobParameters(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "python train.py",
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
