package io.github.datasphere.emulator.runner.process;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that put something odd where their supervisor and the emulator keep theirs. */
@EnabledOnOs(OS.LINUX)
class StateAttacksTest extends RestartedRunner {
  private static final String EACH =
      "cd ../state; for n in exit exit.new stdout stderr group group.new signalled control"
          + " run.properties command.begun; do rm -rf $n; ";
  private static final String DONE = "; done; cd ../job; touch done; ";

  /** Whatever its files are, a job ends as it says or fails with a word, and its folder goes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        EACH + "mkdir $n" + DONE,
        EACH + "ln -s $n $n" + DONE,
        EACH + "ln -s loop-$n $n; ln -s $n loop-$n" + DONE,
        EACH + "ln -s /etc/passwd $n" + DONE,
        EACH + "ln -s . $n" + DONE,
        EACH + "echo 0 > $n" + DONE,
        EACH + "printf '0\\n0\\n0 0 0\\n' > $n; chmod 000 $n" + DONE,
        EACH + "head -c 3000000 /dev/urandom > $n" + DONE,
        EACH + "mkdir -p $n/$n/$n; touch $n/$n/x" + DONE,
        "mv ../state ../moved; mkdir ../state; touch done; ",
        "mv ../state ../moved; ln -s / ../state; touch done; ",
        "mv ../state ../moved; touch ../state done; ",
        "chmod 000 ../state; touch done; ",
        "chmod 000 ..; touch done; "
      })
  void jobThatChangesItsSupervisorsFilesEndsAndIsRemoved(String change) throws Exception {
    var victim = Files.writeString(folder.resolve("victim"), "mine");
    var job = harness.start(
        job("ln " + victim + " ../state/hard; " + change + "sleep 1000").build());
    await().until(() -> Files.exists(place(job).resolve("job/done")));

    harness.runner().kill(job.id());

    assertThat(harness.awaitEnd(job.id()))
        .isInstanceOfAny(Ending.Exited.class, Ending.Failed.class)
        .isNotEqualTo(new Ending.Exited(0, ""));
    harness.runner().release(job.id());
    await().until(() -> !Files.exists(place(job)));
    assertThat(victim).hasContent("mine");
    assertThat(Path.of("/etc/passwd")).isNotEmptyFile();
  }

  private Path place(Job job) {
    return folder.resolve("jobs").resolve(job.id().value());
  }
}
