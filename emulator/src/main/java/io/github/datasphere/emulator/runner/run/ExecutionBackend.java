package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.job.id.JobId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/** Where jobs run: this machine, or a container engine. */
public interface ExecutionBackend extends AutoCloseable {
  /** Returns the sandbox of one job; nothing is there yet, unless an earlier emulator left it. */
  Sandbox sandbox(JobId job);

  /** Whether an earlier emulator can have left anything of a job that this one does not know. */
  boolean mayHold(JobId job);

  /** Removes what an earlier emulator left of jobs that are not open any more. */
  void sweep(Predicate<JobId> isOpen);

  /**
   * Whether a failed step may succeed when it is tried again.
   *
   * @param tries how often it was tried
   */
  boolean mayPass(IOException failure, int tries);

  /** Tells the user of a job about a failure of the backend; empty if the emulator is at fault. */
  Optional<String> explain(IOException failure);

  /** Closes the backend; called after all runs have ended or are no longer followed. */
  @Override
  void close();
}
