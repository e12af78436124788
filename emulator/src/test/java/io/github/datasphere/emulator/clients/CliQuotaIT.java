package io.github.datasphere.emulator.clients;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.operation.Operation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the official command line does with a job beyond the quota (service-behaviour 3.17). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliQuotaIT {
  private static final String EXHAUSTED =
      "Operation returned error:\n\tstatus=RESOURCE_EXHAUSTED\n\tdetails=Job execution quota exhausted";

  private Served served;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    served = Served.scripted(folder, "capacity: {jobs: 2, full: refuse}\n");
    served.emulator().givenJob(seed -> seed.status(JobStatus.EXECUTING));
    served.emulator().givenJob(seed -> seed.status(JobStatus.EXECUTING));
  }

  @AfterAll
  void stop() {
    if (served != null) {
      served.close();
    }
  }

  @Test
  void executeAndAttachShowTheSameError(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var executed = cli.execute("name: beyond\ncmd: echo never\n").bad();
    assertThat(executed.err()).contains(EXHAUSTED);
    var operation = operation(executed.job());

    var attached = cli.run("project", "job", "attach", "--id", executed.job()).bad();

    assertThat(attached.err()).contains(EXHAUSTED);
    assertThat(operation(executed.job())).isEqualTo(operation);
  }

  @Test
  void theEmptyFilesAreDownloaded(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var job = cli.execute("name: beyond\ncmd: echo never\n").bad().job();

    cli.run(
            "project",
            "job",
            "download-files",
            "--id",
            job,
            "--with-logs",
            "--with-diagnostics",
            "--output-dir",
            "all")
        .good();

    assertThat(cli.work().resolve("all"))
        .isDirectoryContaining("glob:**/stdout.log")
        .isDirectoryContaining("glob:**/docker_stats.tsv");
    assertThat(cli.work().resolve("all/system.log")).isEmptyFile();
    assertThat(cli.work().resolve("all/job_progress.jsonl")).isEmptyFile();
  }

  private String operation(String job) {
    var executed = served
        .emulator()
        .journal()
        .exchanges("Execute", ExecuteProjectJobRequest.class, r -> r.getJobId().equals(job));
    return ((Operation) requireNonNull(executed.get(0).reply())).getId();
  }
}
