package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Images;
import io.github.datasphere.emulator.runner.plan.Layout;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import java.nio.file.Path;
import java.util.Set;

/**
 * What all runs of one runner share.
 *
 * @param pipCache of an emulator that leaves nothing behind
 * @param imagesWithoutBash ids of those that were found out
 * @param emulatedImages ids of those for another processor that run all the same
 */
record RunContext(
    RunnerParts parts,
    DockerEngine engine,
    Images images,
    DockerSettings settings,
    PipCache pipCache,
    Set<String> imagesWithoutBash,
    Set<String> emulatedImages) {
  /** Files of the supervisor, in the container. */
  static final String STATE = "/var/lib/datasphere-emulator";

  /** As in the cloud; the log directory is the emulator's own choice. */
  static final Layout LAYOUT = new Layout(Layout.CONTAINER_ROOT, "/var/log/datasphere-emulator");

  /** Where pip keeps its downloads, in the container. */
  static final String PIP_CACHE = "/var/cache/datasphere-emulator-pip";

  Path spool() {
    return settings.folder().resolve("spool");
  }

  /** Of the volume that keeps the downloads of pip from one emulator to the next. */
  String pipVolume() {
    return "datasphere-emulator-pip-" + settings.ownership().owner();
  }
}
