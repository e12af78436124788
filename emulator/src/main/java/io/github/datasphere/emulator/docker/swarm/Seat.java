package io.github.datasphere.emulator.docker.swarm;

/**
 * A reservation in the swarm.
 *
 * @param node id of the node; empty while there is no room
 * @param trouble why there is no node, or why the seat is lost, in the manager's words; empty if
 *     there is nothing to say
 * @param isOver whether the swarm has given the seat up
 */
public record Seat(String service, String node, String trouble, boolean isOver) {}
