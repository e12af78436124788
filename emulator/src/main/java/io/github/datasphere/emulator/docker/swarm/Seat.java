package io.github.datasphere.emulator.docker.swarm;

import java.util.List;

/**
 * A reservation in the swarm.
 *
 * @param node id of the node; empty while there is no room
 * @param trouble why there is no node, or why the seat is lost, in the manager's words; empty if
 *     there is nothing to say
 * @param gpus names of the GPUs that were given
 * @param isOver whether the swarm has given the seat up
 */
public record Seat(String service, String node, String trouble, List<String> gpus, boolean isOver) {
  public Seat {
    gpus = List.copyOf(gpus);
  }
}
