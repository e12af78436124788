package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.TestJobs;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The output of a container that outlives the emulator: an engine keeps a line from its log until
 * the line ends.
 */
class AdoptedOutputIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Numbers without an end of a line on both streams, until it is told to end. */
  private static final String NUMBERS = "i=0; until [ -e /told ]; do i=$((i+1)); printf \"$i \";"
      + " printf \"e$i \" >&2; sleep 0.05; done; printf 'last '; printf 'e-last ' >&2; exit 4";

  @TempDir
  Path folder;

  private @Nullable DerivedImage bashless;
  private DockerSettings settings;
  private RunnerHarness harness;

  @BeforeEach
  void start() {
    settings = RealEngine.settings(folder, Durability.LEFT_AT_CLOSE, JobResources.within(folder));
    harness = new RunnerHarness(this::runner);
  }

  @AfterEach
  void endAll() throws DockerEngineException {
    if (harness != null) {
      // A runner that was told of these jobs would spare them
      harness.restart(this::runner);
      harness.runner().sweep(job -> false);
      harness.close();
    }
    if (bashless != null) {
      bashless.close();
    }
  }

  @Test
  void outputWithoutNewlineIsShownAfterEachAdoptionAndNothingComesTwice() throws Exception {
    isShownOnce(job(NUMBERS).build());
  }

  @Test
  void theSameWhereTheImageHasNoBash() throws Exception {
    bashless = new DerivedImage("bashless-adopted", List.of("rm", "/bin/bash"));

    isShownOnce(
        job(NUMBERS).image(new DockerImage.Registry(bashless.name(), "", null)).build());
  }

  private void isShownOnce(Job job) throws Exception {
    harness.start(job);
    harness.awaitStdout(job, "1 ");
    for (int adoption = 0; adoption < 3; adoption++) {
      harness.restart(this::runner);
      int known = harness.stdout(job).length();
      harness.runner().run(TestJobs.executing(job));
      awaitMore(job, known);
      // Now as it comes: so far it can have been what the mark has let go
      awaitMore(job, harness.stdout(job).length());
    }
    tell(job);

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(4, ""));
    assertThat(harness.stdout(job)).isEqualTo(numbers("", harness.stdout(job)) + "last ");
    assertThat(harness.stderr(job)).isEqualTo(numbers("e", harness.stdout(job)) + "e-last ");
  }

  @Test
  void muchOutputAroundAnAdoptionComesOnceAndInOrder() {
    var job = harness.start(
        job("for i in $(seq 1 40); do seq -s ' ' \"$i\"0000 \"$i\"9999 | tr '\\n' ' ';"
                + " sleep 0.3; done")
            .build());
    harness.awaitStdout(job, " 29999 ");
    harness.restart(this::runner);
    harness.runner().run(TestJobs.executing(job));

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(0, ""));
    var all = new StringBuilder();
    for (int i = 10_000; i <= 409_999; i++) {
      all.append(i).append(' ');
    }
    assertThat(harness.stdout(job)).isEqualTo(all.toString());
  }

  /** An engine keeps such lines in parts. */
  @Test
  void linesOfManyKilobytesKeepTheirEnds() throws Exception {
    var job = harness.start(
        job("for i in 16382 16383 16385 20000 32767 32770 50000; do printf '%*d\\n' $i $i; done;"
                + " until [ -e /told ]; do sleep 0.05; done; echo end")
            .build());
    harness.awaitStdout(job, "50000\n");
    var before = harness.stdout(job);
    assertThat(before.lines().map(String::strip))
        .containsExactly("16382", "16383", "16385", "20000", "32767", "32770", "50000");
    harness.restart(this::runner);
    harness.runner().run(TestJobs.executing(job));
    tell(job);

    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job)).isEqualTo(before + "end\n");
  }

  @Test
  void tailWithoutNewlineIsThereWhenTheContainerIsEndedFromOutside() throws Exception {
    var job =
        harness.start(job("printf begin; until [ -e /told ]; do sleep 0.05; done; printf tail;"
                + " printf e-tail >&2; touch /printed; sleep 1000")
            .build());
    harness.awaitStdout(job, "begin");
    harness.restart(this::runner);
    harness.runner().run(TestJobs.executing(job));
    tell(job);
    try (var engine = RealEngine.connect()) {
      var container = container(engine, job);
      await()
          .atMost(PATIENCE)
          .until(() -> engine.files().stat(container, "/printed").isPresent());
      engine.client().killContainerCmd(container).exec();
    }

    assertThat(harness.awaitEnd(job.id())).isInstanceOf(Ending.Failed.class);
    assertThat(harness.stdout(job)).isEqualTo("begintail");
    assertThat(harness.stderr(job)).isEqualTo("e-tail");
  }

  private void awaitMore(Job job, int known) {
    await().atMost(PATIENCE).until(() -> harness.stdout(job).length() > known + 30);
  }

  /** All numbers up to the last one in this text. */
  private static String numbers(String before, String text) {
    var words = text.split(" ");
    var all = new StringBuilder();
    for (int i = 1; i <= words.length - 1; i++) {
      all.append(before).append(i).append(' ');
    }
    return all.toString();
  }

  private static void tell(Job job) throws Exception {
    try (var engine = RealEngine.connect()) {
      var touch = engine
          .client()
          .execCreateCmd(container(engine, job))
          .withCmd("touch", "/told")
          .exec();
      engine
          .client()
          .execStartCmd(touch.getId())
          .exec(new ResultCallback.Adapter<Frame>())
          .awaitCompletion();
    }
  }

  private static String container(DockerEngine engine, Job job) {
    return engine
        .client()
        .listContainersCmd()
        .withLabelFilter(Map.of(Ownership.JOB, job.id().value()))
        .exec()
        .get(0)
        .getId();
  }

  private JobRunner runner(RunnerPorts ports, RunnerEvents events) {
    return DockerRunner.start(RealEngine.connect(), settings, ports, events);
  }
}
