package io.github.datasphere.emulator.engine.commands;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.time.Scheduler;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the engine about jobs whose deadline has come. One timer serves all jobs. It is set to the
 * earliest deadline in the store, so timers need no recovery after a crash (docs/architecture.md).
 */
public final class Deadlines {
  /** Small enough not to delay other work of the timer's thread. */
  private static final int BATCH = 100;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Scheduler scheduler;
  private final JobStore store;
  private final Due due;
  private final StoreOutage outage;
  private @Nullable Instant armedFor;
  private Scheduler.@Nullable Cancellable timer;
  private boolean closed;

  /** Deals with a job whose deadline has come, and says when that is done. */
  @FunctionalInterface
  public interface Due {
    void accept(JobId job, Done done);
  }

  /** Is told when a command has been dealt with. */
  @FunctionalInterface
  public interface Done {
    /** Called at the end; {@code taken} is false if the store did not take the change. */
    void accept(boolean taken);
  }

  public Deadlines(Scheduler scheduler, JobStore store, Due due, StoreOutage outage) {
    this.scheduler = scheduler;
    this.store = store;
    this.due = due;
    this.outage = outage;
  }

  /** Sets the timer to the earliest deadline in the store. */
  public void start() {
    try {
      store.nextDeadline().ifPresent(this::consider);
      outage.end(this);
    } catch (UncheckedIOException e) {
      outage.begin(this, "Reading the next deadlines", e);
      startSoon();
    }
  }

  /** Sets the timer after a pause, since an immediate try would only fail again. */
  private void startSoon() {
    var soon = scheduler.clock().instant().plus(PAUSE);
    var ignored = scheduler.at(soon, this::start);
  }

  /** Takes notice of the deadline that a job has now. */
  public void consider(Instant deadline) {
    synchronized (this) {
      if (closed || (armedFor != null && !deadline.isBefore(armedFor))) {
        return;
      }
      disarm();
      armedFor = deadline;
    }
    // This is outside the lock, since a deadline that has passed is dealt with at once
    var next = scheduler.at(deadline, () -> fire(deadline));
    synchronized (this) {
      if (deadline.equals(armedFor)) {
        timer = next;
      }
    }
  }

  public synchronized void close() {
    closed = true;
    disarm();
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel();
    }
    timer = null;
    armedFor = null;
  }

  private void fire(Instant deadline) {
    synchronized (this) {
      if (closed || !deadline.equals(armedFor)) {
        return;
      }
      armedFor = null;
      timer = null;
    }
    try {
      var jobs = store.due(scheduler.clock().instant(), BATCH);
      outage.end(this);
      if (jobs.isEmpty()) {
        start();
      } else {
        dealWith(jobs);
      }
    } catch (UncheckedIOException e) {
      outage.begin(this, "Reading the next deadlines", e);
      startSoon();
    }
  }

  /**
   * Deals with these jobs. The timer is set again only after the last one; earlier it would find
   * the same jobs again.
   */
  private void dealWith(List<JobId> jobs) {
    var open = new AtomicInteger(jobs.size());
    var failed = new AtomicBoolean();
    for (var job : jobs) {
      due.accept(job, taken -> {
        if (!taken) {
          failed.set(true);
        }
        if (open.decrementAndGet() == 0) {
          if (failed.get()) {
            startSoon();
          } else {
            start();
          }
        }
      });
    }
  }
}
