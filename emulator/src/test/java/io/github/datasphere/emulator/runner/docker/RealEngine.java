package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.ImagePull;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerContract.Factory;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobImages;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The engine of this machine, and settings of a runner for it. */
public final class RealEngine {
  /** What a job gets unless a test says otherwise. */
  static final JobSize SMALL = new JobSize(1, 256L << 20, 0, 0, "4 vCPU, 32 GiB", false);

  private RealEngine() {}

  /** Skips the test where there is none, or fails it where one is required. */
  public static DockerEngine connect() {
    try {
      return DockerEngine.connect(System.getenv(), Duration.ofMinutes(1));
    } catch (DockerEngineException e) {
      throw missing("no container engine answers: " + e.getMessage());
    }
  }

  /** Its unix socket; skips the test where it has none. */
  public static String socket() {
    try (var engine = connect()) {
      var host = engine.facts().host();
      assumeTrue(host.startsWith("unix://"), "the engine is spoken to at " + host);
      return host;
    }
  }

  /** An image with bash and python3. */
  public static String image() {
    var image = System.getenv("DATASPHERE_EMULATOR_TEST_IMAGE");
    if (image == null) {
      throw missing("DATASPHERE_EMULATOR_TEST_IMAGE names no image with bash and python3");
    }
    return image;
  }

  static DockerSettings settings(Path folder, Durability durability, JobResources resources) {
    return new DockerSettings(
        folder.resolve("docker"),
        durability,
        new Ownership("test-" + UUID.randomUUID().toString().replace("-", "")),
        resources,
        images(Map.of()),
        job -> SMALL,
        Map.of());
  }

  static JobImages images(Map<String, String> byId) {
    return new JobImages(
        byId, Map.of("3.11", image()), image(), ImagePull.Policy.MISSING, Optional.empty());
  }

  static Factory factory(Durability durability) {
    return (folder, resources, ports, events) ->
        DockerRunner.start(connect(), settings(folder, durability, resources), ports, events);
  }

  /** The same where a program is not installed. */
  static Process started(ProcessBuilder program) {
    try {
      return program.start();
    } catch (IOException e) {
      throw missing(String.valueOf(e.getMessage()));
    }
  }

  static RuntimeException missing(String what) {
    return missing("docker", what);
  }

  /** Skips the test for want of this part, or fails it where that is required. */
  static RuntimeException missing(String part, String what) {
    var required = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (List.of(required.split(",")).contains(part)) {
      fail(what);
    }
    return abort(what);
  }
}
