package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerContract;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Somebody removes the container of a job: that is told, and not as a fault of the engine. */
class RemovedContainerIT extends RunnerContract {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  protected Factory factory() {
    return RealEngine.factory(Durability.LEFT_AT_CLOSE);
  }

  @Test
  void removalWhileTheCommandRunsIsToldAsSuch() {
    var job = harness.start(job("echo ready; sleep 1000").build());
    await().atMost(PATIENCE).until(() -> harness.stdout(job).equals("ready\n"));

    remove(job);

    assertThat(harness.awaitEnd(job.id()))
        .isInstanceOfSatisfying(
            Ending.Failed.class,
            end -> assertThat(end.message())
                .contains("from outside", "execute the job again")
                .doesNotContain("engine failed", "doctor"));
    harness.runner().release(job.id());
  }

  private static void remove(Job job) {
    try (var engine = RealEngine.connect()) {
      var client = engine.client();
      client
          .listContainersCmd()
          .withLabelFilter(Map.of(Ownership.JOB, job.id().value()))
          .exec()
          .forEach(container ->
              client.removeContainerCmd(container.getId()).withForce(true).exec());
    }
  }
}
