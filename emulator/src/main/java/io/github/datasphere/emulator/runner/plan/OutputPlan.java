package io.github.datasphere.emulator.runner.plan;

import io.github.datasphere.emulator.job.spec.FileDesc;

/** A declared output and where the job should have left it (service-behaviour 4.3). */
public record OutputPlan(FileDesc desc, String path) {
  /**
   * Returns the first part of the entries' names in the archive of a directory (service-behaviour
   * 4.19, 10.26).
   */
  public String archiveRoot() {
    return Paths.baseName(desc.path().isEmpty() ? path : desc.path());
  }
}
