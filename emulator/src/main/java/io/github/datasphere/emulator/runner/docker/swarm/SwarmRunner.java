package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.docker.swarm.Swarm;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import io.github.datasphere.emulator.runner.run.Runs;

/** Runs each job in a container on a node of a Docker Swarm. */
public final class SwarmRunner {
  private SwarmRunner() {}

  /**
   * Makes the runner.
   *
   * @param engines of the nodes on which jobs may be placed; they are closed with the runner
   * @param retries whether a job runs again elsewhere whose node is lost
   */
  public static JobRunner start(
      SwarmEngines engines,
      boolean retries,
      DockerSettings settings,
      RunnerPorts ports,
      RunnerEvents events) {
    var parts = RunnerParts.of("swarm", ports, events, settings.resources(), settings.durability());
    var swarm = new Swarm(engines.managers(), settings.ownership());
    var nodes = new Nodes(engines, swarm, settings, parts);
    var seats = new Seats(swarm, nodes, parts);
    nodes.watch(seats::look);
    var context = new SwarmSandbox.Context(swarm, nodes, seats, settings, parts, retries);
    return new Runs(new SwarmBackend(context), parts);
  }
}
