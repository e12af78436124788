package io.github.datasphere.emulator.runner.process;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.TestJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that change what their supervisor and the emulator keep beside them. */
@EnabledOnOs(OS.LINUX)
class TamperedStateTest {
  private static final String EVERY_NAME =
      "exit exit.new stdout stderr group group.new signalled control run.properties command.begun";

  private static final String PIPES = "cd ../state; for n in " + EVERY_NAME
      + "; do rm -rf $n; mkfifo $n; done; echo changed > ../job/done; ";

  @TempDir
  Path folder;

  private RunnerHarness harness;

  @BeforeEach
  void start() {
    harness = new RunnerHarness(this::runner);
  }

  @AfterEach
  void end() {
    harness.restart(this::runner); // which has been told of no job
    harness.runner().sweep(job -> false);
    await().until(() -> isEmpty(folder.resolve("jobs")));
    harness.close();
  }

  @Test
  void commandThatMakesPipesOfAllFilesEndsAsItDoes() {
    assertThat(harness.run(job(PIPES + "exit 3").build())).isEqualTo(new Ending.Exited(3, ""));
  }

  @Test
  void commandThatMakesPipesOfAllFilesCanBeKilled() {
    var job = harness.start(job(PIPES + "sleep 1000").build());
    awaitChange(job);

    harness.runner().kill(job.id());

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(137, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PIPES,
        "cd ../state; for n in " + EVERY_NAME
            + "; do rm -rf $n; truncate -s 1T $n; done; echo changed > ../job/done; ",
        "cd ../state; for n in " + EVERY_NAME
            + "; do rm -rf $n; ln -s /dev/zero $n; done; echo changed > ../job/done; ",
        "touch done; rm -rf ../state; "
      })
  void jobIsFoundGoneByTheNextStartAndRemoved(String change) {
    var job = harness.start(job(change + "sleep 1000").build());
    awaitChange(job);
    harness.restart(this::runner);

    harness.runner().run(TestJobs.executing(job));

    assertThat(harness.awaitEnd(job.id())).isInstanceOf(Ending.Failed.class);
    harness.runner().release(job.id());
    await().until(() -> !Files.exists(folder.resolve("jobs").resolve(job.id().value())));
  }

  @Test
  void commandThatRemovesItsFolderIsToldOf() {
    var ending = harness.run(job("rm -rf ../state; exit 0").build());

    assertThat(ending)
        .isInstanceOfSatisfying(
            Ending.Failed.class, failed -> assertThat(failed.message()).contains("was removed"));
  }

  private void awaitChange(Job job) {
    var done = folder.resolve("jobs").resolve(job.id().value()).resolve("job/done");
    await().until(() -> Files.exists(done));
  }

  private JobRunner runner(RunnerPorts ports, RunnerEvents events) {
    return ProcessRunner.start(
        new ProcessSettings(
            folder.resolve("jobs"),
            Durability.LEFT_AT_CLOSE,
            JobResources.within(folder),
            System.getenv()),
        ports,
        events);
  }

  private static boolean isEmpty(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return true;
    }
    try (var children = Files.list(directory)) {
      return children.findAny().isEmpty();
    }
  }
}
