package io.github.datasphere.emulator.testing;

import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.time.Callbacks;
import io.github.datasphere.emulator.time.Moments;
import io.github.datasphere.emulator.time.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until a test moves it. Tasks that are due run in order on the thread that
 * moves the time, each at its own instant. So fourteen days pass in microseconds and no test has to
 * sleep.
 */
public final class ManualClock implements Scheduler {
  private final Clock clock = ((InstantSource) this::now).withZone(ZoneOffset.UTC);
  private final Callbacks callbacks = new Callbacks();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private Instant now;
  private long sequence;
  private @Nullable Thread mover;
  private volatile Watcher watcher = (from, by) -> {};

  /** Is told when the time begins to move. */
  @FunctionalInterface
  public interface Watcher {
    /** The time goes from here by this much, which is negative if it is set back. */
    void moves(Instant from, Duration by);
  }

  public ManualClock(Instant start) {
    this.now = start;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  /** Sets who is told of each move, before anything that is due happens. */
  public void watch(Watcher told) {
    watcher = told;
  }

  public synchronized Instant now() {
    return now;
  }

  /** Whether time passes at this moment. */
  public synchronized boolean isMoving() {
    return mover != null;
  }

  /**
   * Sets a timer. A task that is due already runs at once, or, if time is passing, right after the
   * present task.
   */
  @Override
  public Cancellable at(Instant instant, Runnable task) {
    Timer timer;
    synchronized (this) {
      timer = new Timer(instant, sequence++, task);
      timers.add(timer);
      if (instant.isAfter(now) || mover != null) {
        return () -> cancel(timer);
      }
      mover = Thread.currentThread();
    }
    move(now());
    return () -> cancel(timer);
  }

  @Override
  public <T, X extends Exception> T callback(Callback<T, X> code) throws X {
    return callbacks.call(code);
  }

  @Override
  public synchronized boolean isInCallback() {
    return mover == Thread.currentThread() || callbacks.isInside();
  }

  /**
   * Lets time pass. Two threads may do so in turn; no time is lost.
   *
   * @throws IllegalArgumentException if {@code time} is negative, or leads beyond the year 9999
   * @throws IllegalStateException if time is passing already and a task that was due is running: if
   *     this is called from a script or callback, or from a second thread
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw CallSites.inAuthorsCode(
          new IllegalArgumentException("time cannot be advanced by " + time
              + ": time only goes on; build a new emulator, or restore"
              + " a savepoint, to be earlier again"));
    }
    Instant from;
    Instant end;
    boolean isSomethingDue;
    synchronized (this) {
      refuseIfMoving();
      if (!Moments.canPass(now, time)) {
        throw tooFar("by " + time);
      }
      from = now;
      end = now.plus(time);
      isSomethingDue = begin(end);
    }
    pass(from, end, isSomethingDue);
  }

  /**
   * Lets time pass until {@code instant}.
   *
   * @throws IllegalArgumentException if that is in the past, or beyond the year 9999
   * @throws IllegalStateException as {@link #advance}
   */
  public void advanceTo(Instant instant) {
    Instant from;
    boolean isSomethingDue;
    synchronized (this) {
      refuseIfMoving();
      if (instant.isBefore(now)) {
        throw CallSites.inAuthorsCode(new IllegalArgumentException("time cannot be advanced to "
            + instant + ": it is " + now + " already, and time only goes on"));
      }
      if (instant.isAfter(Moments.LATEST)) {
        throw tooFar("to " + instant);
      }
      from = now;
      isSomethingDue = begin(instant);
    }
    pass(from, instant, isSomethingDue);
  }

  /** Tells who watches, without the lock: it may ask for the time. */
  private void pass(Instant from, Instant end, boolean isSomethingDue) {
    if (!end.equals(from)) {
      watcher.moves(from, Duration.between(from, end));
    }
    if (isSomethingDue) {
      move(end);
    }
  }

  /**
   * Begins to move the time. Returns whether a task is due on the way; if none is, the time has
   * passed already.
   */
  private boolean begin(Instant end) {
    var first = timers.peek();
    if (first == null || first.instant().isAfter(end)) {
      now = end;
      return false;
    }
    mover = Thread.currentThread();
    return true;
  }

  private IllegalArgumentException tooFar(String way) {
    return CallSites.inAuthorsCode(new IllegalArgumentException("time cannot be advanced " + way
        + " from " + now + ": the times of the API end with the year 9999"));
  }

  /**
   * Sets the time, also to an earlier one, for a test that needs a certain date before it does
   * anything else.
   *
   * @throws IllegalStateException if a timer is set already, or if time is passing
   */
  public void setTo(Instant instant) {
    Instant from;
    synchronized (this) {
      refuseIfMoving();
      if (instant.isAfter(Moments.LATEST)) {
        throw tooFar("to " + instant);
      }
      if (!timers.isEmpty()) {
        throw CallSites.inAuthorsCode(new IllegalStateException("cannot set the time to " + instant
            + ": something waits for its time already; set it first thing in the test, or use"
            + " advanceTo"));
      }
      from = now;
      now = instant;
    }
    pass(from, instant, false);
  }

  private synchronized void refuseIfMoving() {
    if (isInCallback()) {
      throw CallSites.inAuthorsCode(new IllegalStateException(
          "the time was moved from inside a script or callback, which would"
              + " wait for itself: let the test advance the clock, or give the script a duration"));
    }
    if (mover != null) {
      throw CallSites.inAuthorsCode(new IllegalStateException("the time was moved while thread "
          + mover.getName() + " advances the same clock: let one thread move the time"));
    }
  }

  private void move(Instant end) {
    try {
      for (var next = takeDue(end); next != null; next = takeDue(end)) {
        next.task().run();
      }
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        mover = null;
      }
      throw e;
    }
  }

  /**
   * Takes the next task up to {@code end}. If there is none, the clock is at rest from this moment
   * on.
   */
  private synchronized @Nullable Timer takeDue(Instant end) {
    var first = timers.peek();
    if (first == null || first.instant().isAfter(end)) {
      now = end.isAfter(now) ? end : now;
      mover = null;
      return null;
    }
    now = first.instant().isAfter(now) ? first.instant() : now;
    return timers.poll();
  }

  private synchronized void cancel(Timer timer) {
    timers.removeIf(other -> other.sequence == timer.sequence);
  }

  private record Timer(Instant instant, long sequence, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byTime = instant.compareTo(other.instant);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
