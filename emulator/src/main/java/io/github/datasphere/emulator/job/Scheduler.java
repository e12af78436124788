package io.github.datasphere.emulator.job;

import java.time.Clock;
import java.time.Instant;

/** The one source of time: what it is, and being called when it has come (design section 5). */
public interface Scheduler {
  /** Reads this scheduler's time. */
  Clock clock();

  /** Runs the task once the instant has come, at once if it has passed; on another's thread. */
  Cancellable at(Instant instant, Runnable task);

  /** A task that may still be called off; calling it off twice is harmless. */
  interface Cancellable {
    void cancel();
  }
}
