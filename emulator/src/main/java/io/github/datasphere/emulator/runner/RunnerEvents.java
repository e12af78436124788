package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.id.JobId;
import java.io.IOException;

/** Receives what a runner tells of its jobs; may be called from any thread. */
@FunctionalInterface
public interface RunnerEvents {
  /** Returns at once. */
  void accept(RunnerEvent event);

  /**
   * Makes a file visible that the end of the run will name. No job claims this file yet, so the
   * receiver must keep it until then: a job that has the same content may be cleared meanwhile.
   */
  default void publish(JobId job, StagedFile file) throws IOException {
    file.publish();
  }
}
