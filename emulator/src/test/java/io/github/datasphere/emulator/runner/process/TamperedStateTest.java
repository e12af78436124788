package io.github.datasphere.emulator.runner.process;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.TestJobs;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that change what their supervisor and the emulator keep beside them. */
@EnabledOnOs(OS.LINUX)
class TamperedStateTest extends RestartedRunner {
  private static final String EVERY_NAME =
      "exit exit.new stdout stderr group group.new signalled control run.properties command.begun";

  private static final String PIPES = "cd ../state; for n in " + EVERY_NAME
      + "; do rm -rf $n; mkfifo $n; done; echo changed > ../job/done; ";

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
}
