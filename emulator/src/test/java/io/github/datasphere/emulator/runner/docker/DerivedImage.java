package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.util.List;
import java.util.UUID;

/** The image of the tests after a change, until this is closed. */
final class DerivedImage implements AutoCloseable {
  private final DockerEngine engine;
  private final String name;

  /**
   * Changes it by a command; its name is its own, since tests that run at once may change it alike.
   */
  DerivedImage(String what, List<String> command) {
    var image = RealEngine.image();
    engine = RealEngine.connect();
    name = "datasphere-emulator-test-" + what + "-" + UUID.randomUUID() + ":test";
    var client = engine.client();
    var made = client.createContainerCmd(image).withCmd(command).exec().getId();
    boolean isMade = false;
    try {
      client.startContainerCmd(made).exec();
      client.waitContainerCmd(made).start().awaitStatusCode();
      client
          .commitCmd(made)
          .withRepository(name.replace(":test", ""))
          .withTag("test")
          .withCmd("true")
          .exec();
      isMade = true;
    } finally {
      client.removeContainerCmd(made).withForce(true).exec();
      if (!isMade) {
        engine.close();
      }
    }
  }

  String name() {
    return name;
  }

  /** Containers of jobs that have ended go with it: an image that is in use keeps its layers. */
  @Override
  public void close() throws DockerEngineException {
    var users = engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withAncestorFilter(List.of(name))
        .exec();
    for (var user : users) {
      engine.tell(
          () -> engine.client().removeContainerCmd(user.getId()).withForce(true).exec());
    }
    engine.tell(() -> engine.client().removeImageCmd(name).withForce(true).exec());
    engine.close();
  }
}
