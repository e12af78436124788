package io.github.datasphere.emulator.bench;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.ImagesConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An emulator whose jobs are containers, and containers alone. */
final class Containers {
  private Containers() {}

  /** The image that both have. */
  static String image() {
    var image = System.getenv("DATASPHERE_EMULATOR_TEST_IMAGE");
    if (image == null) {
      throw new IllegalStateException("DATASPHERE_EMULATOR_TEST_IMAGE names no image");
    }
    return image;
  }

  /** A server on free ports. */
  static Emulator server() {
    var config = EmulatorConfig.onFreePorts();
    var jobs = config.jobs();
    var images = new ImagesConfig(
        jobs.images().byId(),
        jobs.images().python(),
        Optional.of(image()),
        jobs.images().pull(),
        jobs.images().registryMirror());
    return Emulator.start(config.with(jobs.with(RunnerKind.DOCKER).with(images)));
  }

  /** Starts {@code docker run}; what it prints is to be read. */
  static Process run(List<String> options, String... command) throws IOException {
    var whole = new ArrayList<>(List.of("docker", "run", "--rm"));
    whole.addAll(options);
    whole.add(image());
    whole.addAll(List.of(command));
    return new ProcessBuilder(whole).redirectErrorStream(true).start();
  }

  /** Waits for its end, which has to be a good one. */
  static void end(Process run) throws InterruptedException {
    int code = run.waitFor();
    if (code != 0) {
      throw new IllegalStateException("docker run ends with exit code " + code);
    }
  }
}
