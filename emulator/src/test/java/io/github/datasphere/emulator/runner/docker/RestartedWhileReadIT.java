package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerHarness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container of a job is restarted, and the engine is slow to let its output be read again. */
class RestartedWhileReadIT {
  /** One may have begun before the restart, and one may go on. */
  private static final int LOOKS = 3;

  @TempDir
  Path folder;

  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch looks = new CountDownLatch(LOOKS);
  private volatile boolean isRestarted;

  @Test
  void jobEndsThoughTheRestartIsSeenBeforeItsOutputIsOpened()
      throws IOException, InterruptedException {
    try (var relay = new TcpRelay(RealEngine.socket(), this::hold);
        var harness = harness(relay)) {
      var job = harness.start(job("echo ready; sleep 1000").build());
      harness.awaitStdout(job, "ready");
      // Has the output read again, while the container is still the one that was started
      relay.breakOff();
      assertThat(held.await(2, TimeUnit.MINUTES)).isTrue();
      restartContainer(job.id().value());
      isRestarted = true;

      assertThat(harness.awaitEnd(job.id()))
          .isInstanceOfSatisfying(
              Ending.Failed.class, failed -> assertThat(failed.message()).contains("restarted"));
    }
  }

  /** Lets a request for the output wait until the restarted container was looked at some times. */
  private void hold(String request) {
    if (request.contains("/logs?") && request.contains("follow=1")) {
      held.countDown();
      try {
        looks.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else if (isRestarted && request.contains("/json ")) {
      looks.countDown();
    }
  }

  private RunnerHarness harness(TcpRelay relay) throws DockerEngineException {
    var engine = DockerEngine.connect(relay.environment(), Duration.ofMinutes(1));
    var settings =
        RealEngine.settings(folder, Durability.ENDED_AT_CLOSE, JobResources.within(folder));
    return new RunnerHarness(
        (ports, events) -> DockerRunner.start(engine, settings, ports, events));
  }

  private static void restartContainer(String job) {
    try (var engine = RealEngine.connect()) {
      var containers = engine
          .client()
          .listContainersCmd()
          .withLabelFilter(Map.of(Ownership.JOB, job))
          .exec();
      engine
          .client()
          .restartContainerCmd(containers.get(0).getId())
          .withTimeout(0)
          .exec();
    }
  }
}
