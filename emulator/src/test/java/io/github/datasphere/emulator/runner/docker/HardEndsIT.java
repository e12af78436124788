package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a job, or somebody beside it, does to its container. */
class HardEndsIT extends RunnerContract {
  @Override
  protected Factory factory() {
    return RealEngine.factory(Durability.ENDED_AT_CLOSE);
  }

  @Test
  void jobThatKillsAllProcessesEnds() {
    var job = job("echo hi; kill -9 -1; sleep 1000").build();

    assertThat(harness.run(job)).isInstanceOf(Ending.Exited.class).isNotEqualTo(success());
    assertThat(harness.stdout(job)).isEqualTo("hi\n");
  }

  @Test
  void restartOfTheContainerEndsTheJobWithAWord() throws DockerEngineException {
    var job = harness.start(job("echo ready; sleep 1000").build());
    harness.awaitStdout(job, "ready");

    try (var engine = RealEngine.connect()) {
      var container = container(engine, job);
      engine.client().restartContainerCmd(container).withTimeout(0).exec();
    }

    assertThat(harness.awaitEnd(job.id()))
        .isInstanceOfSatisfying(
            Ending.Failed.class, failed -> assertThat(failed.message()).contains("restarted"));
  }

  private static Ending success() {
    return new Ending.Exited(0, "");
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
}
