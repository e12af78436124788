package io.github.datasphere.emulator.runner.docker.container;

import io.github.datasphere.emulator.docker.ImagePull;
import java.util.Map;
import java.util.Optional;

/**
 * Which image a job runs in (service-behaviour 4.13, 4.14).
 *
 * @param byId images by the resource ids of projects and by the names of system images
 * @param python images by Python version, such as {@code 3.10}; another version gets the official
 *     image of that version
 * @param standard image of jobs that ask for nothing
 * @param mirror host from which images of Docker Hub are pulled instead
 */
public record JobImages(
    Map<String, String> byId,
    Map<String, String> python,
    String standard,
    ImagePull.Policy policy,
    Optional<String> mirror) {
  public JobImages {
    byId = Map.copyOf(byId);
    python = Map.copyOf(python);
  }
}
