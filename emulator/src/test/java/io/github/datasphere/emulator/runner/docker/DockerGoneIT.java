package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerHarness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The engine is stopped, restarted or gone while a job runs: a clear end, or none at all. */
class DockerGoneIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LINES = 60;

  // The engine removes it itself, with what it has mounted there
  @TempDir(cleanup = CleanupMode.NEVER)
  static Path engineFolder;

  private static PrivateEngine engine;

  @TempDir
  Path folder;

  private RunnerHarness harness;

  @BeforeAll
  static void startTheEngine() throws IOException {
    engine = PrivateEngine.start(engineFolder, "--live-restore");
  }

  @AfterAll
  static void stopTheEngine() throws IOException {
    if (engine != null) {
      engine.close();
    }
  }

  @AfterEach
  void closeTheRunner() {
    if (harness != null) {
      harness.close();
    }
  }

  @Test
  void leasedJobEndsWithAWordAndTheNextOneRunsOnTheNewEngine() throws IOException {
    runner(Durability.LEASED);
    var lost = harness.start(job("echo ready; sleep 1000").build());
    await().atMost(PATIENCE).until(() -> harness.stdout(lost).equals("ready\n"));

    engine.killHard();

    assertFailed(harness.awaitEnd(lost.id()), "container engine", "went away", "execute the job");
    assertFailed(harness.run(job("true").build()), "container engine", "doctor");
    harness.runner().release(lost.id());
    try (var own = engine.start()) {
      var next = job("true").build();
      assertThat(harness.run(next)).isEqualTo(new Ending.Exited(0, ""));
      harness.runner().release(next.id());
      // Also the container of the job that was lost, which has outlived the engine
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(
                  own.client().listContainersCmd().withShowAll(true).exec())
              .isEmpty());
    }
  }

  @Test
  void durableJobOutlivesARestartOfTheEngineAndItsLogHasEachLineOnce() throws IOException {
    runner(Durability.LEFT_AT_CLOSE);
    var job =
        harness.start(job("for i in $(seq " + LINES + "); do echo line $i; sleep 0.1; done; exit 6")
            .build());
    await().atMost(PATIENCE).until(() -> harness.stdout(job).contains("line 5\n"));

    engine.stop();
    engine.start().close();

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(6, ""));
    assertThat(harness.stdout(job))
        .isEqualTo(
            IntStream.rangeClosed(1, LINES).mapToObj(i -> "line " + i + "\n").collect(joining()));
    harness.runner().release(job.id());
  }

  @Test
  void outputsOfAnEngineThatIsAwayAreStoredOnceItIsBack() throws IOException {
    runner(Durability.LEFT_AT_CLOSE);
    var job = job("echo content > out.txt").output("out.txt", "").build();
    harness.run(job);
    engine.killHard();
    harness.beginCollecting(job);
    await().atMost(PATIENCE).until(() -> harness.systemLog(job).contains("tries again until"));

    engine.start().close();

    var collected = harness.awaitCollected(job);
    assertThat(collected.errors()).isEmpty();
    assertThat(harness.text(collected.outputFiles().get(0))).isEqualTo("content\n");
    harness.runner().release(job.id());
  }

  @Test
  void containerThatWasEndedFromOutsideIsToldAsSuch() throws IOException {
    runner(Durability.LEFT_AT_CLOSE);
    var job = harness.start(job("echo ready; sleep 1000").build());
    await().atMost(PATIENCE).until(() -> harness.stdout(job).equals("ready\n"));

    try (var own = engine.connect()) {
      own.client()
          .listContainersCmd()
          .exec()
          .forEach(container -> own.client().killContainerCmd(container.getId()).exec());
    }

    assertFailed(harness.awaitEnd(job.id()), "ended from outside", "execute the job again");
    harness.runner().release(job.id());
  }

  private void runner(Durability durability) throws IOException {
    var connection = engine.connect();
    var settings = RealEngine.settings(folder, durability, JobResources.within(folder));
    harness = new RunnerHarness(
        (ports, events) -> DockerRunner.start(connection, settings, ports, events));
  }

  private static void assertFailed(Ending ending, String... words) {
    assertThat(ending).isInstanceOf(Ending.Failed.class);
    assertThat(((Ending.Failed) ending).message()).contains(words);
  }
}
