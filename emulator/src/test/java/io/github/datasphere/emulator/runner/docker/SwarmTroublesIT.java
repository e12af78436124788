package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.SwarmNodeAvailability;
import com.github.dockerjava.api.model.SwarmNodeState;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.TestJobs;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What becomes of jobs when nodes and reservations of their swarm go. */
@Isolated("it stops engines that other tests use")
class SwarmTroublesIT extends SwarmTrouble {
  @Test
  void jobOfAKilledNodeEndsWithTheNodesNameAndItsLastSignOfLife() throws IOException {
    var job = startedOnWorker("echo begun; sleep 1000");
    jobs.awaitStdout(job, "begun");
    stopped = node(job);

    RealSwarm.signal(stopped, "KILL");

    assertLost(job);
  }

  @Test
  void jobOfAFrozenNodeEndsAndIsRemovedThereOnceTheNodeThaws() throws IOException {
    var job = startedOnWorker("echo begun; sleep 1000");
    jobs.awaitStdout(job, "begun");
    stopped = node(job);

    RealSwarm.signal(stopped, "STOP");

    assertLost(job);
    jobs.runner().sweep(id -> false);
    jobs.runner().release(job.id());
    RealSwarm.signal(stopped, "CONT");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(containers(stopped)).isEmpty());
    stopped = 0;
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(services()).isEmpty());
  }

  @Test
  void jobsOutliveTheStopOfTheOnlyManager() throws IOException {
    var job = startedOnWorker("trap 'exit 7' INT; echo begun; while :; do sleep 0.1; done");
    jobs.awaitStdout(job, "begun");
    stopped = 1;

    RealSwarm.signal(1, "KILL");
    RealSwarm.start(1);
    stopped = 0;

    var later = jobs.start(job("later", "exit 8"));
    assertThat(jobs.awaitEnd(later.id())).isEqualTo(new Ending.Exited(8, ""));
    jobs.runner().signal(job.id(), 2);
    assertThat(jobs.awaitEnd(job.id())).isEqualTo(new Ending.Exited(7, ""));
  }

  @Test
  void lostReservationIsTold() throws IOException {
    var job = jobs.start(job("unseated", "echo begun; sleep 1000"));
    try (var manager = RealSwarm.engine(1)) {
      for (var service : services()) {
        manager.client().removeServiceCmd(String.valueOf(service.getId())).exec();
      }
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(jobs.systemLog(job)).contains("has given up the job's"));
    assertThat(jobs.events(job.id())).hasSize(1);
  }

  /** As an engine leaves it that is killed while it removes one, or before it starts one. */
  @Test
  void containerOfAReservationThatTheSwarmHasForgottenIsRemoved() throws IOException {
    String forgotten;
    try (var engine = RealSwarm.engine(2)) {
      forgotten = engine
          .client()
          .createContainerCmd(RealEngine.image())
          .withCmd("true")
          .withLabels(Map.of(Ownership.OWNER, owner, "com.docker.swarm.service.id", "forgotten"))
          .exec()
          .getId();
    }

    jobs.runner().sweep(id -> false);

    await().atMost(PATIENCE).untilAsserted(() -> {
      try (var engine = RealSwarm.engine(2)) {
        assertThat(engine.client().listContainersCmd().withShowAll(true).exec())
            .noneMatch(container -> container.getId().equals(forgotten));
      }
    });
  }

  @Test
  void drainedNodeEndsItsJobsInPeaceAndGetsNoOther() throws IOException {
    var job = startedOnWorker("trap 'exit 7' INT; echo begun; while :; do sleep 0.1; done");
    jobs.awaitStdout(job, "begun");
    int drained = node(job);
    available(drained, SwarmNodeAvailability.DRAIN);
    try {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(jobs.systemLog(job)).contains("has given up the job's"));
      for (int i = 0; i < RealSwarm.size(); i++) {
        var later = jobs.start(job("later" + i, "sleep 1000"));
        assertThat(node(later)).isNotEqualTo(drained);
      }
      jobs.runner().signal(job.id(), 2);
      assertThat(jobs.awaitEnd(job.id())).isEqualTo(new Ending.Exited(7, ""));
    } finally {
      available(drained, SwarmNodeAvailability.ACTIVE);
    }
  }

  private static void available(int node, SwarmNodeAvailability wanted)
      throws DockerEngineException {
    try (var manager = RealSwarm.engine(1)) {
      var all = manager.client().listSwarmNodesCmd().exec();
      var found = all.stream()
          .filter(each -> ("node" + node).equals(each.getDescription().getHostname()))
          .findFirst()
          .orElseThrow();
      manager
          .client()
          .updateSwarmNodeCmd()
          .withSwarmNodeId(found.getId())
          .withVersion(found.getVersion().getIndex())
          .withSwarmNodeSpec(found.getSpec().withAvailability(wanted))
          .exec();
    }
  }

  @Test
  void nodesThatCannotReachTheManagerGetNoJobAndTheJobSaysWhy() throws IOException {
    RealSwarm.run("inside", "ip", "link", "set", "lo", "down");
    Job waiting;
    try {
      try (var manager = RealSwarm.engine(1)) {
        cpus = manager.facts().cpus();
        await()
            .atMost(PATIENCE)
            .until(() -> manager.client().listSwarmNodesCmd().exec().stream()
                    .filter(node -> node.getStatus().getState() == SwarmNodeState.READY)
                    .count()
                == 1);
      }
      jobs.start(job("full", "sleep 1000"));
      waiting = job("waiting", "true");
      jobs.runner().run(waiting);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(jobs.systemLog(waiting)).contains("Waiting for a place"));
    } finally {
      RealSwarm.run("inside", "ip", "link", "set", "lo", "up");
    }
    assertThat(jobs.awaitEnd(waiting.id())).isEqualTo(new Ending.Exited(0, ""));
  }

  @Test
  void twoEmulatorsShareASwarmAndNeitherTouchesWhatIsTheOthers() {
    cpus = 0.5;
    var first = jobs.start(job("shared", "trap 'exit 3' INT; while :; do sleep 0.1; done"));
    try (var other = new RunnerHarness((ports, events) -> runner("other" + owner, ports, events))) {
      var second = other.start(job("shared", "trap 'exit 4' INT; while :; do sleep 0.1; done"));
      other.runner().sweep(id -> false);
      jobs.runner().sweep(id -> false);
      assertThat(other.run(job("more", "exit 5"))).isEqualTo(new Ending.Exited(5, ""));
      jobs.runner().signal(first.id(), 2);
      assertThat(jobs.awaitEnd(first.id())).isEqualTo(new Ending.Exited(3, ""));
      jobs.runner().release(first.id());
      other.runner().signal(second.id(), 2);
      assertThat(other.awaitEnd(second.id())).isEqualTo(new Ending.Exited(4, ""));
      other.runner().release(second.id());
      other.runner().release(new JobId("bt1more"));
    }
  }

  @Test
  void imageThatNoNodeHasAndNoneMayPullIsNamed() {
    var image = new DockerImage.Registry("nowhere.invalid/none:1", "", null);
    var ending = jobs.run(TestJobs.job("true").id("bt1bare").image(image).build());

    assertThat(ending).isInstanceOf(Ending.Failed.class);
    assertThat(ending.toString()).contains("nowhere.invalid/none:1");
  }

  @Test
  void jobThatNoNodeCanHoldIsRefusedAndTheLargestNodeNamed() {
    cpus = 1000;

    var ending = jobs.run(job("large", "true"));

    assertThat(ending.toString())
        .contains("No node of the swarm can ever hold the job", "The largest, node");
  }

  @Test
  void jobsGetPlacesInTheOrderInWhichTheyWereCreated() throws DockerEngineException {
    try (var manager = RealSwarm.engine(1)) {
      cpus = manager.facts().cpus();
    }
    for (int i = 0; i < RealSwarm.size(); i++) {
      jobs.start(job("full" + i, "sleep 1000"));
    }
    var first = job(1);
    jobs.runner().run(first);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(jobs.systemLog(first)).contains("Waiting for a place"));
    var third = job(3);
    var second = job(2);
    jobs.runner().run(third);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(jobs.systemLog(third)).contains("created earlier"));
    jobs.runner().run(second);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(jobs.systemLog(second)).contains("created earlier"));

    jobs.runner().release(new JobId("bt1full0"));

    jobs.awaitEnd(first.id());
    jobs.runner().release(first.id());
    jobs.awaitEnd(second.id());
    assertThat(jobs.events(third.id())).isEmpty();
    jobs.runner().release(second.id());
    jobs.awaitEnd(third.id());
  }

  private static Job job(long seq) {
    var job = job("queued" + seq, "true");
    return new Job(
        job.id(),
        job.projectId(),
        seq,
        job.submission(),
        job.status(),
        job.statusDetails(),
        job.execution(),
        job.finishedAt(),
        job.results(),
        job.data());
  }

  private void assertLost(Job job) {
    var ending = jobs.awaitEnd(job.id());

    assertThat(ending).isInstanceOf(Ending.Failed.class);
    assertThat(ending.toString())
        .contains("The node node" + stopped + " of the swarm is lost", "last sign of life was at");
    assertThat(jobs.systemLog(job)).contains("The node node" + stopped);
  }
}
