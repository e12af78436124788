package io.github.datasphere.emulator.job;

import java.time.Clock;
import java.time.Instant;

/** The one source of time: what it is, and being called when it has come (docs/architecture.md). */
public interface Scheduler {
  /** Reads this scheduler's time. */
  Clock clock();

  /** Runs the task once the instant has come, at once if it has passed; on another's thread. */
  Cancellable at(Instant instant, Runnable task);

  /**
   * Runs code of a test's author that something of this emulator called: from inside it time cannot
   * be moved, for whoever called it would wait for itself.
   */
  <T, X extends Exception> T callback(Callback<T, X> code) throws X;

  /** Whether the current thread is inside such code, or doing what was due. */
  boolean isInCallback();

  /** A script, a condition: what a test gave to be called. */
  @FunctionalInterface
  interface Callback<T, X extends Exception> {
    T call() throws X;
  }

  /** A task that may still be called off; calling it off twice is harmless. */
  interface Cancellable {
    void cancel();
  }
}
