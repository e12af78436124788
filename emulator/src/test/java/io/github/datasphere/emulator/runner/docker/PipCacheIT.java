package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.VolumesFrom;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.runner.docker.container.ContainerPaths;
import io.github.datasphere.emulator.runner.docker.container.JobContainer;
import io.github.datasphere.emulator.runner.docker.container.PipCache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The downloads of pip, shared by jobs of an emulator that leaves nothing behind. */
class PipCacheIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Ownership ours =
      new Ownership("test-" + UUID.randomUUID().toString().replace("-", ""));
  private String image;
  private DockerEngine engine;
  private DockerEngine connection;

  @BeforeEach
  void connect() {
    image = RealEngine.image();
    engine = RealEngine.connect();
    connection = RealEngine.connect();
  }

  @AfterEach
  void close() {
    if (engine != null) {
      engine.close();
    }
    if (connection != null) {
      connection.close();
    }
  }

  @Test
  void jobsShareItAndNothingIsLeftOfIt() throws Exception {
    try (var cache = new PipCache(connection, ours)) {
      assertThat(run(cache, "echo wheel > " + ContainerPaths.PIP_CACHE + "/six.whl"))
          .isZero();
      assertThat(run(cache, "grep wheel " + ContainerPaths.PIP_CACHE + "/six.whl"))
          .isZero();
      assertThat(volumes()).hasSize(1);
    }

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(volumes()).isEmpty());
    assertThat(containers()).isEmpty();
  }

  @Test
  void goesWithTheEmulatorEvenIfAJobIsTheLastToEnd() throws Exception {
    var cache = new PipCache(connection, ours);
    var job = start(cache.holder(image), "sleep 1000");

    // All that a killed emulator still does is to lose its connections
    connection.close();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(containers()).isEmpty());
    assertThat(volumes()).hasSize(1);
    new JobContainer(engine, job).remove();

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(volumes()).isEmpty());
  }

  private int run(PipCache cache, String cmd) throws Exception {
    var job = start(cache.holder(image), cmd);
    int code = engine.client().waitContainerCmd(job).start().awaitStatusCode();
    new JobContainer(engine, job).remove();
    return code;
  }

  private String start(String holder, String cmd) {
    var job = engine
        .client()
        .createContainerCmd(image)
        .withCmd("sh", "-c", cmd)
        .withHostConfig(HostConfig.newHostConfig().withVolumesFrom(new VolumesFrom(holder)))
        .exec()
        .getId();
    engine.client().startContainerCmd(job).exec();
    return job;
  }

  private List<String> containers() {
    return engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(Ownership.OWNER, ours.owner()))
        .exec()
        .stream()
        .map(container -> container.getId())
        .toList();
  }

  private List<String> volumes() {
    var found = engine
        .client()
        .listVolumesCmd()
        .withFilter("label", List.of(Ownership.OWNER + "=" + ours.owner()))
        .exec()
        .getVolumes();
    return found == null
        ? List.of()
        : found.stream().map(volume -> volume.getName()).toList();
  }
}
