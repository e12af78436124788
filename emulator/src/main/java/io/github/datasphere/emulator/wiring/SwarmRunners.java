package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.base.UserEnvironment;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.SwarmConfig.Engine;
import io.github.datasphere.emulator.config.SwarmConfig.NodeLoss;
import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.connection.DockerHost;
import io.github.datasphere.emulator.job.capacity.Resources;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.docker.swarm.NodeConnection;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmEngines;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmRunner;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs jobs on a swarm. It needs the Docker library, so it is loaded only when it is used. */
final class SwarmRunners {
  private SwarmRunners() {}

  /**
   * Makes the runner for the swarm whose engines the configuration names.
   *
   * @throws DockerEngineException if there is no manager among those that answer in this time
   */
  static SelectedRunner of(
      EmulatorConfig config, Workspace workspace, RunnerPorts ports, Duration patience)
      throws DockerEngineException {
    var engines = SwarmEngines.connect(connections(config.jobs()), patience);
    try {
      var largest = engines.largest();
      var all = engines.all();
      var settings = DockerRunners.settings(config, workspace, largest)
          .with(DockerRunners.sizes(config.jobs().sizing(), largest, engines.largestWithGpus()));
      var swarm = config.jobs().swarm();
      var choices = new SwarmRunner.Choices(
          swarm.onNodeLoss() == NodeLoss.RETRY, swarm.nodeCache().bytes());
      return new SelectedRunner(
          events -> SwarmRunner.start(engines, choices, settings, ports, events),
          () -> largest,
          () -> all,
          true);
    } catch (DockerEngineException | RuntimeException e) {
      engines.close();
      throw e;
    }
  }

  /** Returns what the largest node has. */
  static Resources largest(JobsConfig jobs, Duration patience) throws DockerEngineException {
    try (var engines = SwarmEngines.connect(connections(jobs), patience)) {
      return engines.largest();
    }
  }

  private static Map<String, NodeConnection> connections(JobsConfig jobs) {
    var connections = new LinkedHashMap<String, NodeConnection>();
    jobs.swarm()
        .engines()
        .forEach((name, engine) -> connections.put(name, connection(name, engine)));
    return connections;
  }

  /** Reads the certificates at each connection, since a renewed one may have been put there. */
  static NodeConnection connection(String name, Engine engine) {
    return patience -> DockerEngine.connect(
        DockerHost.configured(name, engine.address(), engine.certificates()),
        UserEnvironment.variables(),
        patience);
  }
}
