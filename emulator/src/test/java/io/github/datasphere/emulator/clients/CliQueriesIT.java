package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.proto.jobs.JobStatus;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the official command line asks about jobs, here ones that stand still. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliQueriesIT {
  private static final String PROJECTS =
      "projects: {bt1demo0000000000000: {name: demo, community: bt1team0000000000000}}\n";

  private Served served;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    served = Served.scripted(folder, PROJECTS);
  }

  @AfterAll
  void stop() {
    if (served != null) {
      served.close();
    }
  }

  @Test
  void listShowsAllPages(@TempDir Path home) throws Exception {
    for (var i = 0; i < 120; i++) {
      var name = "job-" + i;
      served.emulator().givenJob(job -> job.project("bt1many0000000000000").name(name));
    }
    var cli = OfficialCli.newest(home, served);
    cli.run(
            "project",
            "job",
            "list",
            "-p",
            "bt1many0000000000000",
            "--format",
            "json",
            "-o",
            "jobs.json")
        .good();
    assertThat(cli.read("jobs.json").lines().filter(line -> line.contains("\"name\": \"job-")))
        .hasSize(120);
  }

  @Test
  void listOfAProjectWithoutJobsIsEmpty(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    assertThat(cli.run("project", "job", "list", "-p", "bt1empty000000000000")
            .good()
            .out())
        .contains("Created at")
        .doesNotContain("bt1empty");
  }

  @Test
  void getShowsAJobInBothFormats(@TempDir Path home) throws Exception {
    var job = served.emulator().givenJob(it -> it.name("shown").status(JobStatus.ERROR));
    var cli = OfficialCli.newest(home, served);
    assertThat(cli.run("project", "job", "get", "--id", job).good().out())
        .contains(job, "shown", "ERROR");
    assertThat(cli.run("project", "job", "get", "--id", job, "--format", "json")
            .good()
            .out())
        .contains("\"id\": \"" + job + "\"", "\"name\": \"shown\"", "\"status\": \"ERROR\"");
  }

  @Test
  void dataTtlIsSetInDaysOrForEver(@TempDir Path home) throws Exception {
    var job = served.emulator().givenJob(it -> it.name("kept").age(Duration.ofHours(1)));
    var cli = OfficialCli.newest(home, served);
    var ttl = new String[] {"project", "job", "set-data-ttl", "--id", job, "--days", "3"};
    assertThat(cli.run(ttl).good().out()).contains("data ttl updated");
    assertThat(cli.run("project", "job", "get", "--id", job).good().out()).doesNotContain("Never");
    ttl[ttl.length - 1] = "infinity";
    cli.run(ttl).good();
    assertThat(cli.run("project", "job", "get", "--id", job).good().out()).contains("Never");
  }

  @Test
  void filesAreDownloadedToAFolder(@TempDir Path home) throws Exception {
    var job =
        served.emulator().givenJob(it -> it.name("rich").output("deep/result.txt", "the result"));
    var cli = OfficialCli.newest(home, served);
    Files.createDirectory(cli.work().resolve("all"));
    cli.run("project", "job", "download-files", "--id", job, "--output-dir", "all")
        .good();
    assertThat(cli.work().resolve("all/result.txt")).hasContent("the result");
  }

  @Test
  void nothingIsDownloadedOfARunningJob(@TempDir Path home) throws Exception {
    var job = served.emulator().givenJob(it -> it.name("runs").status(JobStatus.EXECUTING));
    var cli = OfficialCli.newest(home, served);
    assertThat(cli.run("project", "job", "download-files", "--id", job).good().out())
        .contains("is still running (2), nothing to download yet.");
  }

  @Test
  void anUnknownJobIsNotFoundAndTheHeadersHelp(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    for (var verb : new String[] {"get", "attach"}) {
      var ended = cli.run("project", "job", verb, "--id", "invalid").bad();
      assertThat(ended.err()).contains("StatusCode.NOT_FOUND", "details = \"Job not found\"");
      assertThat(ended.out())
          .contains(
              "RPC error occurred", "logs file path", "x-request-id: ", "x-server-trace-id: ");
    }
  }

  @Test
  void projectsAreShown(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    assertThat(cli.run("project", "get", "--id", "bt1demo0000000000000").good().out())
        .contains("demo");
    assertThat(cli.run("project", "list", "-c", "bt1team0000000000000").good().out())
        .contains("bt1demo0000000000000", "demo");
  }

  @Test
  void anUnavailableServiceIsAskedAgain(@TempDir Path home) throws Exception {
    try (var busy = Served.scripted(home, "")) {
      busy.emulator().faults().failNext(2, "List", Status.UNAVAILABLE);
      var cli = OfficialCli.newest(home, busy);
      cli.run("project", "job", "list", "-p", OfficialCli.PROJECT).good();
      assertThat(busy.emulator().journal().exchanges("List")).hasSize(3);
    }
  }
}
