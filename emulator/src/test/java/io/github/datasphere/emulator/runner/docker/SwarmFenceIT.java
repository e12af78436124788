package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmEngines;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A node that is lost although its streams go on: what they bring is late, and dropped. */
@Isolated("it uses most of the swarm")
class SwarmFenceIT extends SwarmTrouble {
  private static final String WAIT =
      "echo begun; while :; do echo on $HOSTNAME >&2; sleep 0.2; done";
  private static final int MANY = 20;
  private RelayedSwarm relayed;

  @Override
  SwarmEngines engines() throws DockerEngineException {
    relayed = relayed == null ? new RelayedSwarm() : relayed;
    return relayed.engines();
  }

  @AfterEach
  void closeTheRelays() throws IOException {
    if (relayed != null) {
      relayed.close();
    }
  }

  @Test
  void lateOutputOfAnEarlierAttemptIsDropped() throws IOException {
    retries = true;
    jobs.restart(this::runner);
    var job = startedOnWorker(WAIT);
    jobs.awaitStdout(job, "begun");
    await().atMost(PATIENCE).until(() -> !jobs.stderr(job).isEmpty());
    var old = jobs.stderr(job).lines().findFirst().orElseThrow();

    relayed.node(node(job)).refuseOthers();
    await().atMost(PATIENCE).until(() -> jobs.stdout(job).equals("begun\nbegun\n"));
    var printed = count(job, old);
    await().atMost(PATIENCE).until(() -> lines(job) - count(job, old) > MANY);

    assertThat(count(job, old)).isEqualTo(printed);
    assertThat(jobs.stderr(job).lines().skip(printed)).doesNotContain(old);
    jobs.runner().release(job.id());
  }

  @Test
  void lateOutputOfAJobThatHasEndedWithItsNodeIsDropped() throws IOException {
    var job = startedOnWorker(WAIT);
    jobs.awaitStdout(job, "begun");

    relayed.node(node(job)).refuseOthers();

    assertThat(jobs.awaitEnd(job.id()).toString()).contains("is lost");
    var printed = lines(job);
    assertThat(jobs.run(job("later", "for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.2; done")))
        .isNotNull();
    assertThat(lines(job)).isEqualTo(printed);
  }

  private long lines(Job job) {
    return jobs.stderr(job).lines().count();
  }

  private long count(Job job, String line) {
    return jobs.stderr(job).lines().filter(line::equals).count();
  }
}
