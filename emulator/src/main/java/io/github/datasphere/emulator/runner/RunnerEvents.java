package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.id.JobId;
import java.io.IOException;

/** Where a runner tells what happened; may be called from any thread. */
@FunctionalInterface
public interface RunnerEvents {
  /** Returns at once. */
  void accept(RunnerEvent event);

  /**
   * Makes visible what the end of the run will name. Whoever shares files among jobs keeps it until
   * then, though no job claims it yet: another one with the same content may be cleared meanwhile.
   */
  default void publish(JobId job, StagedFile file) throws IOException {
    file.publish();
  }
}
