package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.swarm.Swarm;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.docker.DockerRunner;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import io.github.datasphere.emulator.runner.run.Runs;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs each job in a container on a node of a Docker Swarm. */
public final class SwarmRunner {
  private SwarmRunner() {}

  /**
   * Makes the runner.
   *
   * @param manager engine of a manager; is closed with the runner
   * @param engines of the nodes on which jobs may be placed, by the name of the node; they are
   *     closed with the runner
   * @throws DockerEngineException if the manager is none, or none of its nodes has such a name
   */
  public static JobRunner start(
      DockerEngine manager,
      Map<String, DockerEngine> engines,
      DockerSettings settings,
      RunnerPorts ports,
      RunnerEvents events)
      throws DockerEngineException {
    var swarm = new Swarm(manager, settings.ownership());
    var members = swarm.members();
    for (var name : engines.keySet()) {
      if (members.stream().noneMatch(member -> member.name().equals(name))) {
        throw new DockerEngineException(
            "the swarm at " + manager.facts().place() + " has no node named " + name, 0, null);
      }
      Swarm.equip(engines.get(name));
    }
    var parts = RunnerParts.of("swarm", ports, events, settings.resources(), settings.durability());
    var nodes = new LinkedHashMap<String, Node>();
    for (var member : members) {
      var engine = engines.get(member.name());
      if (engine != null) {
        var backend = DockerRunner.backend(engine, settings, parts);
        nodes.put(
            member.id(),
            new Node(member.id(), member.name(), engine.facts().architecture(), backend));
      }
    }
    var context = new SwarmSandbox.Context(
        swarm,
        nodes,
        new Seats(swarm, nodes, parts),
        new NodeWatch(swarm, ports.clock()),
        settings,
        parts);
    return new Runs(new SwarmBackend(manager, context), parts);
  }
}
