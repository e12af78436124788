package io.github.datasphere.emulator.client;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shared between a run and the threads that cancel it: how often a cancel was requested, and for
 * which job once there is one.
 */
final class CancelRequests {
  private final Semaphore wakeUps = new Semaphore(0);
  private int requests;
  private @Nullable Target target;

  /**
   * The job to cancel.
   *
   * @param graceful whether its program may end by itself
   */
  record Target(String jobId, boolean graceful) {}

  /** Notes a request, and returns what to cancel now; null if there is no job yet. */
  synchronized @Nullable Target request() {
    requests++;
    wakeUps.release();
    return target == null ? null : new Target(target.jobId, target.graceful && requests == 1);
  }

  /** Notes that there is a job to cancel from now on. */
  synchronized void aim(Target job) {
    target = job;
  }

  synchronized @Nullable Target target() {
    return target;
  }

  synchronized int requests() {
    return requests;
  }

  /**
   * Returns only if no cancel was requested.
   *
   * @param before how many requests do not count
   * @throws RunCancelledException if there were more
   */
  void check(int before) {
    if (requests() > before) {
      throw new RunCancelledException();
    }
  }

  /** Ends a pause early. */
  void wakeUp() {
    wakeUps.release();
  }

  /** Waits, but no longer than until the next request or {@link #wakeUp}. */
  void pause(long millis) throws InterruptedException {
    if (wakeUps.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
  }
}
