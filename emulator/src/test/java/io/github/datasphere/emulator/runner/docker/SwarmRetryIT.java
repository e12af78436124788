package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.runner.TestJobs;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Jobs that run again on another node when theirs is lost ({@code on-node-loss: retry}). */
@Isolated("it stops engines that other tests use")
class SwarmRetryIT extends SwarmTrouble {
  private static final String WAIT =
      "echo begun; while :; do echo on $HOSTNAME >&2; sleep 0.2; done";

  SwarmRetryIT() {
    retries = true;
  }

  @Test
  void jobOfAFrozenNodeRunsAgainAndTheThawedNodeDeliversNothing() throws IOException {
    var job = startedOnWorker(WAIT);
    jobs.awaitStdout(job, "begun");
    stopped = node(job);
    var frozen = containers(stopped);

    RealSwarm.signal(stopped, "STOP");
    await().atMost(PATIENCE).until(() -> jobs.stdout(job).equals("begun\nbegun\n"));
    var old = jobs.stderr(job).lines().findFirst().orElseThrow();
    var printed = jobs.stderr(job).lines().filter(old::equals).count();
    RealSwarm.signal(stopped, "CONT");

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(containers(stopped)).doesNotContainAnyElementsOf(frozen));
    assertThat(jobs.stderr(job).lines().filter(old::equals)).hasSize((int) printed);
    assertThat(jobs.systemLog(job))
        .contains("The node node" + stopped + " of the swarm is lost")
        .contains("Attempt 2 of 3 begins")
        .contains("follows the first 6 bytes of stdout");
    stopped = 0;
    jobs.runner().kill(job.id());
    assertThat(jobs.awaitEnd(job.id())).isEqualTo(new Ending.Exited(137, ""));
    assertThat(jobs.stdout(job)).isEqualTo("begun\nbegun\n");
    assertThat(jobs.events(job.id())).hasSize(2);
    assertThat(jobs.hasStarted(job.id())).isTrue();
  }

  @Test
  void theNextEmulatorGoesOnWithTheSecondAttemptAndRepeatsNoLine() throws IOException {
    var job =
        startedOnWorker("trap 'echo end; exit 5' INT; echo begun; while :; do sleep 0.1; done");
    jobs.awaitStdout(job, "begun");
    stopped = node(job);
    RealSwarm.signal(stopped, "STOP");
    await().atMost(PATIENCE).until(() -> jobs.stdout(job).equals("begun\nbegun\n"));

    jobs.restart(this::runner);
    jobs.runner().run(TestJobs.executing(job));

    await()
        .atMost(PATIENCE)
        .until(() -> jobs.systemLog(job).contains("restarted and follows the job again"));
    assertThat(node(job)).isNotEqualTo(stopped);
    jobs.runner().signal(job.id(), 2);
    assertThat(jobs.awaitEnd(job.id())).isEqualTo(new Ending.Exited(5, ""));
    assertThat(jobs.stdout(job)).isEqualTo("begun\nbegun\nend\n");
  }

  @Test
  void jobWhoseNodeIsGoneAtTheNextStartRunsAgain() throws IOException {
    var job = startedOnWorker(WAIT);
    jobs.awaitStdout(job, "begun");
    stopped = node(job);
    RealSwarm.signal(stopped, "KILL");

    jobs.restart(this::runner);
    jobs.runner().run(TestJobs.executing(job));

    await().atMost(PATIENCE).until(() -> jobs.stdout(job).equals("begun\nbegun\n"));
    assertThat(node(job)).isNotEqualTo(stopped);
    jobs.runner().release(job.id());
  }

  @Test
  void cancelledJobDoesNotRunAgain() throws IOException {
    var job = startedOnWorker(WAIT);
    jobs.awaitStdout(job, "begun");
    stopped = node(job);

    RealSwarm.signal(stopped, "STOP");
    jobs.runner().kill(job.id());

    assertThat(jobs.awaitEnd(job.id())).isEqualTo(new Ending.Exited(137, ""));
    assertThat(jobs.stdout(job)).isEqualTo("begun\n");
    assertThat(jobs.systemLog(job)).doesNotContain("Attempt 2");
  }
}
