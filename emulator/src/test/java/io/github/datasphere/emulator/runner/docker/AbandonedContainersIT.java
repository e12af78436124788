package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.runner.docker.container.AbandonedContainers;
import io.github.datasphere.emulator.runner.docker.container.JobContainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a start finds in the engine and may remove (docs/architecture.md, "Nothing left behind").
 */
class AbandonedContainersIT {
  private final Ownership ours = new Ownership("test-" + UUID.randomUUID());
  private final List<String> made = new ArrayList<>();
  private DockerEngine engine;

  @BeforeEach
  void connect() {
    engine = RealEngine.connect();
    RealEngine.image();
  }

  @AfterEach
  void removeAll() throws DockerEngineException {
    for (var id : made) {
      new JobContainer(engine, id).remove();
    }
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void containersOfClosedJobsAndOfDeadEmulatorsGoAndNoOthers() throws DockerEngineException {
    var self = Ownership.ofProcess().owner();
    var dead = new Ownership(self.replaceFirst("-\\d+-(\\w+)$", "-999999999-$1"));
    var closed = make(ours.labels("closed"));
    var open = make(ours.labels("open"));
    var ofTheDead = make(dead.labels("job"));
    var ofTheLiving = make(new Ownership(self).labels("job"));
    var ofADataDirectory = make(new Ownership("data-0123").labels("closed"));
    var ofOthers = make(Map.of("someone", "else"));

    new AbandonedContainers(engine, ours).sweep(job -> job.value().equals("open"));

    assertThat(List.of(closed, ofTheDead)).noneMatch(this::exists);
    assertThat(List.of(open, ofTheLiving, ofADataDirectory, ofOthers)).allMatch(this::exists);
  }

  /** Such as those that a test run has beside each other: they have one owner, their process. */
  @Test
  void containersOfAnotherEmulatorOfTheSameProcessStay() throws DockerEngineException {
    var process = Ownership.ofProcess();
    var ofANeighbour = make(process.labels("bt1ofaneighbour"));

    new AbandonedContainers(engine, process).sweep(job -> !job.value().equals("bt1ofaneighbour"));

    assertThat(exists(ofANeighbour)).isTrue();
  }

  private String make(Map<String, String> labels) {
    var id = engine
        .client()
        .createContainerCmd(RealEngine.image())
        .withCmd("true")
        .withLabels(labels)
        .exec()
        .getId();
    made.add(id);
    return id;
  }

  private boolean exists(String id) {
    return engine.client().listContainersCmd().withShowAll(true).exec().stream()
        .anyMatch(container -> container.getId().equals(id));
  }
}
