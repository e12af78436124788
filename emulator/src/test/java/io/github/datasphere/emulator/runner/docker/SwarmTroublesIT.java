package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Service;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.TestJobs;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What becomes of jobs when nodes and reservations of their swarm go. */
@Isolated("it stops engines that other tests use")
class SwarmTroublesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir
  Path folder;

  private final String owner = "test-" + UUID.randomUUID().toString().replace("-", "");
  private double cpus = 1;
  private RunnerHarness jobs;
  private int stopped;

  @BeforeEach
  void start() throws IOException {
    RealSwarm.equipped();
    jobs = new RunnerHarness(this::runner);
  }

  @AfterEach
  void heal() throws IOException {
    if (stopped > 0) {
      RealSwarm.signal(stopped, "CONT");
    }
    if (jobs != null) {
      jobs.close();
    }
    if (stopped > 0) {
      RealSwarm.start(stopped);
    }
    if (jobs != null) {
      removeWhatIsLeft();
    }
  }

  private JobRunner runner(RunnerPorts ports, RunnerEvents events) {
    var known = RealEngine.settings(folder, Durability.LEFT_AT_CLOSE, JobResources.within(folder));
    var settings = new DockerSettings(
        known.folder(),
        known.durability(),
        new Ownership(owner),
        known.resources(),
        known.images(),
        job -> new JobSize(cpus, 64L << 20, 0, 0, "some", false),
        Map.of());
    try {
      return SwarmRunner.start(RealSwarm.engines(), settings, ports, events);
    } catch (DockerEngineException e) {
      throw new AssertionError(e);
    }
  }

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

  private void removeWhatIsLeft() throws DockerEngineException {
    try (var manager = RealSwarm.engine(1)) {
      for (var service : services()) {
        manager.client().removeServiceCmd(String.valueOf(service.getId())).exec();
      }
    }
    for (int i = 1; i <= RealSwarm.size(); i++) {
      try (var engine = RealSwarm.engine(i)) {
        for (var id : containers(i)) {
          engine.tell(
              () -> engine.client().removeContainerCmd(id).withForce(true).exec());
        }
      }
    }
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

  private static Job job(String name, String command) {
    return TestJobs.job(command).id("bt1" + name).build();
  }

  /** Starts jobs until one is on a node that is no manager, and takes the others away. */
  private Job startedOnWorker(String command) throws DockerEngineException {
    var others = new ArrayList<Job>();
    for (int i = 0; i < RealSwarm.size(); i++) {
      var job = jobs.start(job("steered" + i, command));
      if (node(job) > 1) {
        others.forEach(other -> jobs.runner().release(other.id()));
        return job;
      }
      others.add(job);
    }
    throw new AssertionError("no job was placed on a worker");
  }

  /** Which node runs the job. */
  private int node(Job job) throws DockerEngineException {
    for (int i = 1; i <= RealSwarm.size(); i++) {
      if (!containers(i, Map.of(Ownership.OWNER, owner, Ownership.JOB, job.id().value()))
          .isEmpty()) {
        return i;
      }
    }
    throw new AssertionError("no node has a container of " + job.id());
  }

  private List<String> containers(int node) throws DockerEngineException {
    return containers(node, Map.of(Ownership.OWNER, owner));
  }

  private static List<String> containers(int node, Map<String, String> labels)
      throws DockerEngineException {
    try (DockerEngine engine = RealSwarm.engine(node)) {
      return engine
          .client()
          .listContainersCmd()
          .withShowAll(true)
          .withLabelFilter(labels)
          .exec()
          .stream()
          .filter(container -> container.getLabels().containsKey(Ownership.JOB))
          .map(container -> container.getId())
          .toList();
    }
  }

  private List<Service> services() throws DockerEngineException {
    try (var manager = RealSwarm.engine(1)) {
      return manager
          .client()
          .listServicesCmd()
          .withLabelFilter(Map.of(Ownership.OWNER, owner))
          .exec();
    }
  }
}
