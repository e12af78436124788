package io.github.datasphere.emulator.runner.process;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.base.ProcessIdentity;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.runner.LinesContract;
import io.github.datasphere.emulator.runner.TestJobs;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** What a new start does with the jobs that the last one left running. */
class AdoptionTest extends RestartedRunner {
  private static final int TERM = 15;

  @Test
  void runningJobIsFollowedToItsEndAndCollected() {
    var job = harness.start(
        job(untilTold("echo end; echo out > ${O}; exit 4")).output("o", "O").build());
    harness.restart(this::runner);

    harness.runner().run(TestJobs.executing(job));
    tell(job);

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(4, ""));
    assertThat(harness.stdout(job)).isEqualTo("begin\nend\n");
    assertThat(harness.text(harness.output(job))).isEqualTo("out\n");
  }

  @Test
  void lineThatWasCutByAFullBufferStaysWholeAcrossARestart() {
    var job = harness.start(
        job(LinesContract.inBlocks(8192, 1000, 3, "until [ -e told$i ]; do sleep 0.02; done"))
            .build());
    harness.awaitStdout(job, "step 461 loss abc\n");
    harness.restart(this::runner);
    harness.runner().run(TestJobs.executing(job));
    tell(job, "told0");
    harness.awaitStdout(job, "step 916 loss abc\n");
    harness.restart(this::runner);
    harness.runner().run(TestJobs.executing(job));
    tell(job, "told1");
    tell(job, "told2");

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job)).isEqualTo(LinesContract.lines(1000));
    assertThat(LinesContract.stdout(harness, job)).allMatch(text -> text.endsWith("\n"));
  }

  @Test
  void killReachesAJobOfTheLastStart() {
    var job = harness.start(job("sleep 1000").build());
    harness.restart(this::runner);

    harness.runner().kill(job.id());

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(137, ""));
  }

  @Test
  void signalReachesAJobOfTheLastStart() {
    var job = harness.start(
        job("trap 'echo saved; exit 3' TERM; echo ready; while :; do sleep 0.05; done")
            .build());
    harness.awaitStdout(job, "ready");
    harness.restart(this::runner);

    harness.runner().signal(job.id(), TERM);

    assertThat(harness.awaitEnd(job.id())).isInstanceOf(Ending.Exited.class);
    assertThat(harness.stdout(job)).isEqualTo("ready\nsaved\n");
  }

  @Test
  void signalThatWasSentBeforeTheRestartIsNotSentAgain() throws Exception {
    var job =
        harness.start(job("trap 'echo signal' TERM; echo ready; until [[ -e told ]]; do sleep 0.05;"
                + " done; wait; exit 0")
            .build());
    harness.awaitStdout(job, "ready");
    harness.runner().signal(job.id(), TERM);
    harness.awaitStdout(job, "signal");
    harness.restart(this::runner);

    harness.runner().signal(job.id(), TERM);
    await().until(() -> harness.systemLog(job).contains("has been sent SIGTERM"));
    tell(job);

    harness.awaitEnd(job.id());
    assertThat(harness.stdout(job)).isEqualTo("ready\nsignal\n");
  }

  /** A request that does nothing, as each of a job's groups may just have ended, is no last one. */
  @Test
  void jobThatWasAskedAgainToEndCanStillBeKilled() {
    var job = harness.start(job("trap '' TERM; echo ready; sleep 1000").build());
    harness.awaitStdout(job, "ready");
    harness.runner().signal(job.id(), TERM);
    harness.restart(this::runner);
    harness.runner().signal(job.id(), TERM);
    await().until(() -> harness.systemLog(job).contains("has been sent SIGTERM"));

    harness.runner().kill(job.id());

    // As the supervisor tells it: the shell around the command had ended by the signal
    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(143, ""));
  }

  @Test
  void jobThatIsReleasedAsTheRunnerClosesLeavesNothing() {
    var job = harness.start(job("true").build());
    harness.awaitEnd(job.id());

    harness.runner().close();
    harness.runner().release(job.id());

    assertThat(folder.resolve("jobs")).isEmptyDirectory();
  }

  @Test
  void endedJobOfTheLastStartIsCollected() {
    var job = job("echo out > ${O}").output("o", "O").build();
    harness.run(job);
    harness.restart(this::runner);

    assertThat(harness.text(harness.output(job))).isEqualTo("out\n");
  }

  @Test
  void executingJobOfWhichNothingIsLeftIsNotRunAgain() {
    var job = TestJobs.executing(job("echo again").build());

    assertThat(harness.run(job)).isInstanceOf(Ending.Failed.class);
    assertThat(harness.stdout(job)).isEmpty();
  }

  @Test
  void jobWhoseEmulatorEndedAsItWasAboutToBeginIsRunAnew() throws Exception {
    var job = job("echo once").build();
    leftAtTheBegin(job);

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job)).isEqualTo("once\n");
  }

  @Test
  void jobThatBeganAndVanishedBeforeAnybodyHeardOfItIsNotRunAgain() throws Exception {
    var job = job("echo once").build();
    Files.createFile(leftAtTheBegin(job).state(Supervisor.begunFile("command")));

    assertThat(harness.run(job)).isInstanceOf(Ending.Failed.class);
    assertThat(harness.stdout(job)).isEmpty();
  }

  @Test
  void sweepEndsJobsThatAreNotOpenAndSparesOthers() {
    var closed = harness.start(job("sleep 1000").build());
    var open = harness.start(job(untilTold("echo end")).build());
    harness.restart(this::runner);

    harness.runner().sweep(open.id()::equals);
    await().until(() -> !Files.exists(directory(closed)));
    harness.runner().run(TestJobs.executing(open));
    tell(open);

    assertThat(harness.awaitEnd(open.id())).isEqualTo(new Ending.Exited(0, ""));
  }

  @Test
  void sweepSparesAJobThatBeganSinceItWasAskedFor() {
    var job = harness.start(job(untilTold("echo end")).build());

    harness.runner().sweep(noneWasOpen -> false);
    harness.restart(this::runner); // which waits for the sweep
    harness.runner().run(TestJobs.executing(job));
    tell(job);

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(0, ""));
  }

  @Test
  void forgedExitFileIsNoExit() throws Exception {
    var job = harness.start(job(untilTold("exit 5")).build());
    Files.writeString(directory(job).resolve("state/exit"), "0123456789abcdef 0\n");
    tell(job);

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(5, ""));
  }

  @Test
  void releaseRemovesTheDirectoryOfAJob() {
    var job = job("mkdir -p a/b; echo x > a/b/c; chmod 0 a; ln -s /etc etc").build();
    harness.run(job);

    harness.runner().release(job.id());
    harness.runner().release(job.id());

    await().until(() -> !Files.exists(directory(job)));
    assertThat(Path.of("/etc/passwd")).exists();
  }

  /** What a kill leaves between the record that a command begins and the word to its supervisor. */
  private JobFolder leftAtTheBegin(Job job) throws Exception {
    var left = new JobFolder(directory(job));
    left.create();
    var supervisor = new ProcessBuilder("true").start();
    var dead = ProcessIdentity.of(supervisor.pid());
    supervisor.waitFor();
    var names = PlanNames.choose(job.parameters(), new IdSource(new SecureRandom()));
    new ProcessRecord(job.id() + "/1", dead, Token.random().digest(), names).save(left);
    FifoControl.make(left.state(FifoControl.NAME));
    return left;
  }

  /** A command that waits for {@link #tell} in its midst. */
  private static String untilTold(String rest) {
    return "echo begin; until [[ -e told ]]; do sleep 0.02; done; " + rest;
  }

  private void tell(Job job) {
    tell(job, "told");
  }

  private void tell(Job job, String file) {
    try {
      Files.createFile(directory(job).resolve("job").resolve(file));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path directory(Job job) {
    return folder.resolve("jobs").resolve(job.id().value());
  }
}
