package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the official command line does with a job that runs already. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliControlIT {
  private static final String CANCELLED =
      "Operation returned error:\n\tstatus=CANCELLED\n\tdetails=Canceled by user";

  private Served served;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    served = Served.offline(folder, "");
  }

  @AfterAll
  void stop() {
    if (served != null) {
      served.close();
    }
  }

  @Test
  void attachToARunningJobShowsWhatComesFromNowOn(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var job = startAsync(cli, waiting(home, "echo early", "echo late; echo x > out.txt"));
    await(home, "started");

    var attached =
        cli.start("--log-dir", cli.logs().toString(), "project", "job", "attach", "--id", job);
    attached.untilItSays("executing job ...");
    go(home);

    assertThat(attached.end().good().out()).contains("job completed successfully");
    assertThat(cli.log("stdout.txt")).isEqualTo("late\n");
    assertThat(cli.work().resolve("out.txt")).hasContent("x");
  }

  @Test
  void attachToAJobThatEndedShowsItAll(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var job = cli.execute("name: ended\ncmd: echo all; echo of it >&2; exit 7\n")
        .bad()
        .job();

    var attached = cli.run(
        "--log-dir", home.resolve("again").toString(), "project", "job", "attach", "--id", job);

    assertThat(attached.bad().err()).contains("of it", "Program returned code 7");
    assertThat(home.resolve("again/stdout.txt")).hasContent("all");
  }

  @Test
  void aClientThatIsKilledDoesTheJobNoHarm(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var client = cli.startJob(waiting(home, "echo before", "echo after; echo x > out.txt"));
    client.untilItSays("before").signal("KILL").end();
    var job = OfficialCli.jobIn(client.said());
    go(home);

    var attach = new String[] {"project", "job", "attach", "--id", job};
    assertThat(cli.run(attach).good().out()).contains("job completed successfully");
    assertThat(cli.work().resolve("out.txt")).hasContent("x");
    assertThat(cli.run(attach).good().out()).contains("- before", "- after");
  }

  @Test
  void asyncLeavesTheIdsInAFile(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var job = startAsync(cli, "name: async\ncmd: echo done\n");
    assertThat(cli.read("ids.json"))
        .contains("\"job_id\": \"" + job + "\"", "\"operation_id\": \"");
    assertThat(cli.run("project", "job", "attach", "--id", job).good().out()).contains("- done");
  }

  @Test
  void forkWithOverrides(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served).file("one.txt", "one").file("two.txt", "two");
    var source = cli.execute("""
        name: source
        cmd: echo "$(cat ${IN}) ${WORD} $SET" > ${OUT}
        args: {WORD: old}
        inputs: [{one.txt: IN}]
        outputs: [{out.txt: OUT}]
        env: {vars: {SET: before}}
        """).good().job();
    assertThat(cli.work().resolve("out.txt")).hasContent("one old before");

    var fork = cli.run(
            "project",
            "job",
            "fork",
            "--id",
            source,
            "--arg",
            "WORD=new",
            "--var",
            "IN=two.txt",
            "--var",
            "OUT=forked.txt",
            "--env-var",
            "SET=after",
            "--name",
            "forked")
        .good();

    assertThat(fork.out()).contains("cloning job `" + source + "`", "uploading 1 files");
    assertThat(cli.work().resolve("forked.txt")).hasContent("two new after");
    assertThat(cli.run("project", "job", "get", "--id", fork.job()).good().out())
        .contains("forked");
  }

  @Test
  void cancelEndsTheJob(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var job = startAsync(cli, waiting(home, "echo x > out.txt", "true"));
    await(home, "started");

    assertThat(cli.run("project", "job", "cancel", "--id", job).good().out())
        .contains("job is canceled");

    assertThat(cli.run("project", "job", "attach", "--id", job).bad().err()).contains(CANCELLED);
    assertThat(cli.run("project", "job", "get", "--id", job).good().out()).contains("CANCELLED");
    var download = cli.run("project", "job", "download-files", "--id", job).good();
    assertThat(download.out()).contains("was completed with error (6). Not all files");
    assertThat(cli.work().resolve("out.txt")).hasContent("x");
  }

  @Test
  void gracefulCancelByCommandLetsTheProgramEnd(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var job = startAsync(cli, stoppable(home, "SIGUSR1", "USR1"));
    await(home, "started");

    cli.run("project", "job", "cancel", "--graceful", "--id", job).good();

    assertThat(cli.run("project", "job", "attach", "--id", job).bad().err()).contains(CANCELLED);
    cli.run("project", "job", "download-files", "--id", job).good();
    assertThat(cli.work().resolve("out.txt")).hasContent("tidy");
  }

  @Test
  void interruptCancelsGracefullyAndTheClientWaits(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var client = cli.startJob(stoppable(home, "SIGTERM", "TERM"));
    client.untilItSays("ready").signal("INT").untilItSays("cancel job? [y/N]").answer("y");

    var ended = client.end().bad();

    assertThat(ended.out()).contains("cancelling job ...", "job is canceled", "tidying");
    assertThat(ended.err()).contains(CANCELLED);
  }

  @Test
  void theSecondInterruptEndsWhatIgnoresTheFirst(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var client = cli.startJob(
        stoppable(home, "SIGTERM", "HUP").replace("echo ready", "trap '' TERM; echo ready"));
    client.untilItSays("ready").signal("INT").untilItSays("cancel job? [y/N]").answer("y");
    client.untilItSays("job is canceled").signal("INT").untilItSays("[y/N]", 2).answer("y");

    var ended = client.end();

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(130);
    var attached = cli.run("project", "job", "attach", "--id", ended.job()).bad();
    assertThat(attached.err()).contains(CANCELLED);
  }

  @Test
  void interruptWithoutGracefulShutdownEndsJobAndClient(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var client = cli.startJob(waiting(home, "echo ready", "true"));
    client.untilItSays("ready").signal("INT").untilItSays("cancel job? [y/N]").answer("y");

    var ended = client.end();

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(130);
    var job = ended.job();
    assertThat(cli.run("project", "job", "attach", "--id", job).bad().err()).contains(CANCELLED);
  }

  @Test
  void anInterruptThatIsNotMeantChangesNothing(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var client = cli.startJob(waiting(home, "echo ready", "echo finished"));
    client.untilItSays("ready").signal("INT").untilItSays("cancel job? [y/N]").answer("n");
    client.untilItSays("resuming job");
    go(home);
    assertThat(client.end().good().out()).contains("finished", "job completed successfully");
  }

  private static String startAsync(OfficialCli cli, String config) throws Exception {
    cli.file("config.yaml", config);
    return cli.run(
            "project",
            "job",
            "execute",
            "-p",
            OfficialCli.PROJECT,
            "-c",
            "config.yaml",
            "--async",
            "-o",
            "ids.json")
        .good()
        .job();
  }

  /** A job that runs until {@link #go}. */
  private static String waiting(Path home, String before, String after) {
    return """
        name: waits
        cmd: |
          %s
          touch %s/started
          until [ -e %s/go ]; do sleep 0.1; done
          %s
        outputs: [out.txt]
        """.formatted(before, home, home, after);
  }

  private static String stoppable(Path home, String signal, String trapped) {
    return """
        name: stoppable
        cmd: |
          trap 'echo tidying; echo tidy > out.txt; exit 0' %s
          echo ready
          touch %s/started
          while :; do sleep 0.1; done
        outputs: [out.txt]
        graceful-shutdown: {signal: %s, timeout: 20s}
        """.formatted(trapped, home, signal);
  }

  private static void await(Path home, String name) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(home.resolve(name)));
  }

  private static void go(Path home) throws Exception {
    Files.createFile(home.resolve("go"));
  }
}
