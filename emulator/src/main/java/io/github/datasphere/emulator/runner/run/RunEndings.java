package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.EndingReasons;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import java.io.IOException;
import java.util.Optional;

/** Decides what the user of a job is told about the end of its run. */
final class RunEndings {
  private final JobId job;
  private final ExecutionBackend backend;
  private final Sandbox sandbox;
  private final SystemLog log;

  RunEndings(JobId job, ExecutionBackend backend, Sandbox sandbox, SystemLog log) {
    this.job = job;
    this.backend = backend;
    this.sandbox = sandbox;
    this.log = log;
  }

  /**
   * Returns the ending of a run whose command had begun and was followed.
   *
   * @param killed whether the emulator has killed it
   */
  Ending of(CommandEnd end, boolean killed) {
    if (end instanceof CommandEnd.Exited exited) {
      return !killed && exited.code() == EndingReasons.KILLED && sandbox.ranOutOfMemory()
          ? outOfMemory()
          : EndingReasons.exited(exited.code(), killed);
    }
    if (end instanceof CommandEnd.Lost lost) {
      // If the supervisor could not obey a kill, it was ended itself
      return killed
          ? EndingReasons.exited(EndingReasons.KILLED, true)
          : sandbox.ranOutOfMemory() ? outOfMemory() : lost.ending();
    }
    throw new AssertionError(end);
  }

  /** Returns the ending of a run that could not go on. */
  Ending failed(Throwable failure) {
    var words = failure instanceof PreparationException
        ? Optional.ofNullable(failure.getMessage())
        : failure instanceof IOException broken
            ? backend.explain(broken)
            : Optional.<String>empty();
    words.ifPresent(log::error);
    return words.map(EndingReasons::failed).orElseGet(() -> EndingReasons.fault(job, failure));
  }

  private Ending outOfMemory() {
    log.error("Killed: the job took more memory than its instance type has");
    return EndingReasons.outOfMemory();
  }
}
