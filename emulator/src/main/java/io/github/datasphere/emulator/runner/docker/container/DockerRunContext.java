package io.github.datasphere.emulator.runner.docker.container;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Images;
import io.github.datasphere.emulator.runner.docker.cache.InputCache;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import java.nio.file.Path;
import java.util.Set;

/**
 * What all runs of one runner share.
 *
 * @param pipCache the cache of an emulator that leaves nothing behind
 * @param cache of large inputs, for engines to which they have a long way
 * @param imagesWithoutBash ids of the images that were found to have no bash
 * @param emulatedImages ids of images that run although they are made for another processor
 */
public record DockerRunContext(
    RunnerParts parts,
    DockerEngine engine,
    Images images,
    DockerSettings settings,
    PipCache pipCache,
    InputCache cache,
    Set<String> imagesWithoutBash,
    Set<String> emulatedImages) {

  public Path spool() {
    return settings.folder().resolve("spool");
  }

  /** Name of the volume that keeps the downloads of pip from one emulator to the next. */
  public String pipVolume() {
    return "datasphere-emulator-pip-" + settings.ownership().owner();
  }
}
