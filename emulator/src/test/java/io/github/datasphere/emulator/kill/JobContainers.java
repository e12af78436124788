package io.github.datasphere.emulator.kill;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The containers of some jobs. */
@FunctionalInterface
interface JobContainers {
  /** Where jobs are processes. */
  JobContainers NONE = jobs -> List.of();

  /** Their names. */
  List<String> of(Set<String> jobs);

  /** Those that this engine has. */
  static JobContainers in(DockerEngine engine) {
    return jobs -> engine.client().listContainersCmd().withShowAll(true).exec().stream()
        .filter(one -> jobs.contains(labels(one.getLabels()).get(Ownership.JOB)))
        .map(one -> "container " + one.getId())
        .toList();
  }

  private static Map<String, String> labels(@Nullable Map<String, String> all) {
    return all == null ? Map.of() : all;
  }
}
