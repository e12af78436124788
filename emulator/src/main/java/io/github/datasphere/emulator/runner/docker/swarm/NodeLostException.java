package io.github.datasphere.emulator.runner.docker.swarm;

import java.io.IOException;

/** The node of a job is gone; the message is a sentence for the user of the job. */
final class NodeLostException extends IOException {
  private static final long serialVersionUID = 1L;

  NodeLostException(Place place) {
    super("The node " + place.name() + " of the swarm is lost: its engine does not answer, its last"
        + " sign of life was at " + place.lastSign() + ". How the job ended there is not known: see"
        + " that the node runs and is connected, and execute the job again.");
  }

  NodeLostException(String node) {
    super("The node " + node + " of the swarm, on which the job ran, cannot be reached since the"
        + " emulator was started. How the job ended there is not known: see that the node runs and"
        + " is connected, and execute the job again.");
  }
}
