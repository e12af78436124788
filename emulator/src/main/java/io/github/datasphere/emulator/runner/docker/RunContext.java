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
 * @param pipCache the cache of an emulator that leaves nothing behind
 * @param imagesWithoutBash ids of the images that were found to have no bash
 * @param emulatedImages ids of images that run although they are made for another processor
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

  /** The same as in the cloud, except the log directory, which is the emulator's own choice. */
  static final Layout LAYOUT = new Layout(Layout.CONTAINER_ROOT, "/var/log/datasphere-emulator");

  /** Where pip keeps its downloads, in the container. */
  static final String PIP_CACHE = "/var/cache/datasphere-emulator-pip";

  Path spool() {
    return settings.folder().resolve("spool");
  }

  /** Name of the volume that keeps the downloads of pip from one emulator to the next. */
  String pipVolume() {
    return "datasphere-emulator-pip-" + settings.ownership().owner();
  }
}
