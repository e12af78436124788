package io.github.datasphere.emulator.runner.docker;

import com.github.dockerjava.api.model.Service;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.TestJobs;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmEngines;
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
import org.junit.jupiter.api.io.TempDir;

/** A runner of a swarm for one test, whose engines may be stopped. */
abstract class SwarmTrouble {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir
  Path folder;

  final String owner = "test-" + UUID.randomUUID().toString().replace("-", "");
  double cpus = 1;
  long memory = 64L << 20;
  boolean retries;
  int gpus;
  long cacheBytes = 1 << 30;
  RunnerHarness jobs;
  int stopped;

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

  JobRunner runner(RunnerPorts ports, RunnerEvents events) {
    return runner(owner, ports, events);
  }

  JobRunner runner(String name, RunnerPorts ports, RunnerEvents events) {
    var folder = name.equals(owner) ? this.folder : this.folder.resolve(name);
    var known = RealEngine.settings(folder, Durability.LEFT_AT_CLOSE, JobResources.within(folder));
    var settings = new DockerSettings(
        known.folder(),
        known.durability(),
        new Ownership(name),
        known.resources(),
        known.images(),
        job -> new JobSize(cpus, memory, gpus, gpus, "some", false),
        Map.of());
    try {
      var choices = new SwarmRunner.Choices(retries, cacheBytes);
      return SwarmRunner.start(engines(), choices, settings, ports, events);
    } catch (DockerEngineException e) {
      throw new AssertionError(e);
    }
  }

  SwarmEngines engines() throws DockerEngineException {
    return RealSwarm.engines();
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

  static Job job(String name, String command) {
    return TestJobs.job(command).id("bt1" + name).build();
  }

  /** Starts jobs until one is on a node that is no manager, and takes the others away. */
  Job startedOnWorker(String command) throws DockerEngineException {
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

  /** Which node runs the job; one that is stopped is not asked. */
  int node(Job job) throws DockerEngineException {
    for (int i = 1; i <= RealSwarm.size(); i++) {
      if (i != stopped
          && !containers(
                  i, Map.of(Ownership.OWNER, owner, Ownership.JOB, job.id().value()))
              .isEmpty()) {
        return i;
      }
    }
    throw new AssertionError("no node has a container of " + job.id());
  }

  List<String> containers(int node) throws DockerEngineException {
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

  List<Service> services() throws DockerEngineException {
    try (var manager = RealSwarm.engine(1)) {
      return manager
          .client()
          .listServicesCmd()
          .withLabelFilter(Map.of(Ownership.OWNER, owner))
          .exec();
    }
  }
}
