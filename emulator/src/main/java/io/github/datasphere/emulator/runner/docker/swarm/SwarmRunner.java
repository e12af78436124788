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
   * What a user may choose.
   *
   * @param retries whether a job runs again elsewhere whose node is lost
   * @param cacheBytes how much of its jobs' inputs each node may keep for later ones; 0 for nothing
   */
  public record Choices(boolean retries, long cacheBytes) {}

  /**
   * Makes the runner.
   *
   * @param engines of the nodes on which jobs may be placed; they are closed with the runner
   */
  public static JobRunner start(
      SwarmEngines engines,
      Choices choices,
      DockerSettings settings,
      RunnerPorts ports,
      RunnerEvents events) {
    var parts = RunnerParts.of("swarm", ports, events, settings.resources(), settings.durability());
    var swarm = new Swarm(engines.managers(), settings.ownership());
    var nodes = new Nodes(engines, swarm, settings, parts, choices.cacheBytes());
    var seats = new Seats(swarm, nodes, parts);
    nodes.watch(seats::look);
    var context = new SwarmSandbox.Context(swarm, nodes, seats, settings, parts, choices.retries());
    return new Runs(new SwarmBackend(context), parts);
  }
}
