package io.github.datasphere.emulator.time;

import java.time.Clock;
import java.time.Instant;

/**
 * The only source of time: it tells the time, and calls tasks when their time has come
 * (docs/architecture.md).
 */
public interface Scheduler {
  /** Returns a clock of this scheduler's time. */
  Clock clock();

  /**
   * Runs the task when the instant has come; at once if it has passed. The thread is not the
   * caller's to choose.
   */
  Cancellable at(Instant instant, Runnable task);

  /**
   * Runs code of a test's author that this emulator calls. That code cannot move the time, since
   * its caller would wait for itself.
   */
  <T, X extends Exception> T callback(Callback<T, X> code) throws X;

  /** Whether the current thread is inside such code, or runs a task that was due. */
  boolean isInCallback();

  /** Code that a test gave to be called, such as a script or a condition. */
  @FunctionalInterface
  interface Callback<T, X extends Exception> {
    T call() throws X;
  }

  /** A task that can still be cancelled; to cancel it twice is harmless. */
  interface Cancellable {
    void cancel();
  }
}
