package io.github.datasphere.emulator.runner;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How runs end, by themselves and by others (service-behaviour 4.20, 4.22, 10.28, 10.29). */
public abstract class EndingContract extends RunnerContract {
  private static final int TERM = 15;
  private static final Ending KILLED = new Ending.Exited(137, "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 1000 & echo end",
        "(setsid sh -c 'trap : TERM INT; sleep 1000; sleep 1000' &); echo end",
        "(trap '' TERM HUP; sleep 1000 &) ; echo end",
        "for i in 1 2 3 4 5 6 7 8 9; do (setsid sleep 1000 &) ; done; echo end",
        "(cd /; env -i setsid sleep 1000 &) ; echo end",
        "(cd /; env -i setsid sh -c 'sleep 1000 & sleep 1000' &) ; sleep 0.2; echo end"
      })
  void whatTheCommandLeavesBehindEndsWithIt(String command) {
    var job = job(command).build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job)).isEqualTo("end\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 1000",
        "trap '' TERM INT HUP; sleep 1000",
        "setsid sleep 1000 & wait",
        "kill -STOP $$; sleep 1000"
      })
  void killEndsTheCommandWhateverItDoes(String command) {
    var job = harness.start(job(command).build());

    harness.runner().kill(job.id());

    assertThat(harness.awaitEnd(job.id())).isEqualTo(KILLED);
  }

  @Test
  void signalReachesTheWholeGroupWhichHasTimeToEnd() {
    var job = job("trap 'sleep 0.3; echo saved > out.txt; exit 7' TERM; echo ready;"
            + " while :; do sleep 0.05; done")
        .output("out.txt", "")
        .build();
    harness.start(job);
    harness.awaitStdout(job, "ready");

    harness.runner().signal(job.id(), TERM);

    // The shell around the command gets the signal, too, and it has no trap
    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(143, "ended by SIGTERM"));
    assertThat(harness.text(harness.output(job))).isEqualTo("saved\n");
  }

  @Test
  void signalReachesGroupsAndSessionsOfTheirOwn() {
    var waits = "; while :; do sleep 0.1; done'";
    var job = harness.start(job("setsid bash -c 'trap \"sleep 0.5; echo session; exit\" TERM"
            + waits + " & timeout 100 bash -c 'trap \"echo got; exit 4\" TERM; echo up" + waits)
        .build());
    harness.awaitStdout(job, "up");

    harness.runner().signal(job.id(), TERM);

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(143, "ended by SIGTERM"));
    assertThat(harness.stdout(job).lines().distinct()).containsExactly("up", "got", "session");
  }

  @Test
  void signalReachesEachProcessOnceAndLeavesItItsTime() {
    // Ends a second after its first signal, in which a second one would show
    var count = """
        import os, signal, sys, time
        end = time.time() + 60
        def told(*_):
            global end
            end = min(end, time.time() + 1)
            # print would fail if the signal comes while another print goes on
            os.write(1, (sys.argv[1] + '\\n').encode())
        signal.signal(signal.SIGTERM, told)
        print('up', flush=True)
        while time.time() < end: time.sleep(0.1)
        print(sys.argv[1], 'ends', flush=True)
        """;
    var job = harness.start(job("trap : TERM; python3 ${P} inner & setsid python3 ${P} outer &"
            + " while ! wait; do :; done; wait; wait")
        .input(harness.file("count.py", "P", count))
        .build());
    harness.awaitStdout(job, "up\nup");

    harness.runner().signal(job.id(), TERM);
    harness.runner().signal(job.id(), TERM);

    harness.awaitEnd(job.id());
    assertThat(harness.stdout(job).lines())
        .containsExactlyInAnyOrder("up", "up", "inner", "outer", "inner ends", "outer ends");
  }

  @Test
  void killEndsACommandThatIsDeafToItsSignal() {
    var job = harness.start(job("trap '' TERM; echo ready; sleep 1000").build());
    harness.awaitStdout(job, "ready");
    harness.runner().signal(job.id(), TERM);

    harness.runner().kill(job.id());

    // Either is true: the outer shell has ended by the one, the rest by the other
    assertThat(harness.awaitEnd(job.id())).isInstanceOf(Ending.Exited.class);
  }

  @Test
  void exitBySignalIs128PlusItsNumber() {
    var job = job("sh -c 'kill -9 $$'").build();

    assertThat(harness.run(job))
        .isEqualTo(new Ending.Exited(137, "ended by SIGKILL, perhaps for lack of memory"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kill -9 $$; exit 0",
        "kill -9 $PPID; sleep 1000",
        "true ) ; kill -9 $$ ; ( exit 0",
        "trap 'exit 0' EXIT; kill -9 $$"
      })
  void jobThatKillsItsShellsHasNotSucceeded(String command) {
    var ending = harness.run(job(command).build());

    assertThat(ending).isInstanceOf(Ending.Exited.class);
    assertThat(((Ending.Exited) ending).returnCode()).isEqualTo(137);
  }

  @Test
  void exitCodeCannotBeForged() {
    var forgery =
        "for f in /proc/self/fd/*; do printf '\\03600000000000000000000000000000000 0\\n' > $f; done"
            + " 2>/dev/null; for d in .. ../state ../state/..; do echo 0 > $d/exit; done 2>/dev/null;"
            + " for n in 3 4 5 6 7 8 9; do eval \"echo 0 >&$n\"; done 2>/dev/null; exit 5";

    assertThat(harness.run(job(forgery).build())).isEqualTo(new Ending.Exited(5, ""));
  }

  @Test
  void syntaxErrorIsTheJobsOwn() {
    var job = job("if then").build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(2, ""));
    assertThat(harness.stderr(job)).contains("syntax error");
  }

  @Test
  void killWhilePreparingMeansNeverStarted() {
    var held = harness.holdFiles();
    var job = job("true").input(harness.file("in", "", "content")).build();
    harness.runner().run(job);
    held.awaitReader();

    harness.runner().kill(job.id());
    // It works on a thread of its own, and is to come while the file is still read
    await().until(() -> harness.systemLog(job).contains("Ending all processes of the job"));
    held.release();

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.NeverStarted());
    assertThat(harness.collect(job).logFiles())
        .extracting(file -> file.desc().path())
        .containsExactly("system.log");
  }

  /** A storage that hangs may do so for many minutes. */
  @ParameterizedTest
  @EnumSource(names = {"NONE", "ZIP"})
  void killDoesNotWaitForAStorageThatSaysNothing(Compression compression) {
    var held = harness.holdFiles();
    var content = RunnerHarness.zip(Map.of("in/a", "content"));
    var job = job("true").input(harness.file("in", "", content, compression)).build();
    harness.runner().run(job);
    held.awaitReader();

    harness.runner().kill(job.id());

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.NeverStarted());
    held.release();
  }

  /** Else the content of another could fill the disk before its digest tells. */
  @ParameterizedTest
  @EnumSource(names = {"NONE", "ZIP"})
  void noMoreIsReadOfAFileThanWasAnnounced(Compression compression) {
    var sound =
        harness.file("in", "", RunnerHarness.zip(Map.of("in/a", "x".repeat(1000))), compression);
    var changed = new JobFile(sound.desc(), sound.sha256(), sound.sizeBytes() - 1, compression);

    assertThat(harness.run(job("true").input(changed).build()))
        .isInstanceOfSatisfying(
            Ending.Failed.class,
            failed -> assertThat(failed.message())
                .contains("in", "more than the " + changed.sizeBytes() + " bytes"));
  }

  @Test
  void unknownJobsEndWhenTheyAreKilledAndAreLostWhenCollected() {
    var unknown = job("true").build();

    harness.runner().kill(unknown.id());
    assertThat(harness.awaitEnd(unknown.id())).isEqualTo(new Ending.NeverStarted());

    var lost = job("true").build();
    harness.runner().collect(lost);
    assertThat(harness.awaitEnd(lost.id())).isInstanceOf(Ending.Failed.class);
    harness.runner().release(new JobId("bt1nobody"));
  }

  @Test
  void runTwiceRunsOnce() {
    var job = job("echo once; sleep 0.2").build();
    harness.runner().run(job);
    harness.runner().run(job);
    harness.awaitEnd(job.id());
    harness.runner().run(job);
    harness.collect(job);

    assertThat(harness.stdout(job)).isEqualTo("once\n");
    assertThat(harness.events(job.id()))
        .filteredOn(RunnerEvent.Ended.class::isInstance)
        .hasSize(1);
  }

  @Test
  void missingInputFailsWithAWord() {
    var file = harness.file("in.txt", "", "content");
    harness.forget(file);

    var ending = harness.run(job("true").input(file).build());

    assertFailed(ending, "in.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "/tmp/evil", "a/../../evil", "a/../b"})
  void archiveThatEscapesIsRefused(String entry) {
    var job =
        job("true").input(harness.directory("dir", "D", Map.of(entry, "x"))).build();

    assertFailed(harness.run(job), entry);
    assertThat(folder.resolve("evil")).doesNotExist();
  }

  @Test
  void unknownDatasetIsNamed() {
    assertFailed(harness.run(job("true").dataset("bt1unknown").build()), "bt1unknown");
  }

  @Test
  void failureOfOneJobLeavesOthersAlone() {
    var other = harness.start(job("sleep 0.5; echo fine").build());

    harness.run(job("true").dataset("bt1unknown").build());
    harness.run(job("kill -9 $PPID").build());

    assertThat(harness.awaitEnd(other.id())).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(other)).isEqualTo("fine\n");
  }

  private static void assertFailed(Ending ending, String named) {
    assertThat(ending).isInstanceOf(Ending.Failed.class);
    assertThat(((Ending.Failed) ending).code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    assertThat(((Ending.Failed) ending).message()).contains(named);
  }
}
