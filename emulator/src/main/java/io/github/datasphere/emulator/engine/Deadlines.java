package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.Scheduler;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.store.JobStore;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the engine of jobs whose deadline has come. One timer for all, set to the earliest deadline
 * in the store; so timers need no recovery after a crash (design section 2).
 */
final class Deadlines {
  /** Small enough that other work of the timer's thread is not held up. */
  private static final int BATCH = 100;

  private final Scheduler scheduler;
  private final JobStore store;
  private final Consumer<JobId> due;
  private @Nullable Instant armedFor;
  private Scheduler.@Nullable Cancellable timer;
  private boolean closed;

  Deadlines(Scheduler scheduler, JobStore store, Consumer<JobId> due) {
    this.scheduler = scheduler;
    this.store = store;
    this.due = due;
  }

  /** Sets the timer to what the store says. */
  void start() {
    store.nextDeadline().ifPresent(this::consider);
  }

  /** A job has this deadline now. */
  synchronized void consider(Instant deadline) {
    if (closed || (armedFor != null && !deadline.isBefore(armedFor))) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    armedFor = deadline;
    timer = scheduler.at(deadline, this::fire);
  }

  synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void fire() {
    synchronized (this) {
      armedFor = null;
      timer = null;
    }
    store.due(scheduler.clock().instant(), BATCH).forEach(due);
    start();
  }
}
