package io.github.datasphere.emulator.runner.plan;

import io.github.datasphere.emulator.job.spec.JobFile;

/**
 * Where the content of an uploaded file goes. All of it becomes executable (service-behaviour 4.5).
 */
public sealed interface Placement {
  JobFile file();

  /** One file at a path. */
  record Plain(JobFile file, String path) implements Placement {}

  /**
   * An archive unpacked into a directory.
   *
   * @param strip leading directory that is removed from the names of the entries; empty for none
   */
  record Archive(JobFile file, String directory, String strip) implements Placement {}
}
