package io.github.datasphere.emulator.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real time, optionally shifted (docs/architecture.md, "Time"); tasks run one after another on one
 * thread.
 */
public final class SystemScheduler implements Scheduler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SystemScheduler.class);

  /**
   * Looks at the clock at least this often, since the clock may be set or the machine may have
   * slept.
   */
  private static final long LONGEST_NAP_MILLIS = 10_000;

  private final Clock base;
  private final Clock clock = ((InstantSource) this::now).withZone(ZoneOffset.UTC);
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Callbacks callbacks = new Callbacks();
  private final Map<Long, CompletableFuture<Instant>> moves = new HashMap<>();
  private final Thread thread = new Thread(this::work, "datasphere-timer");
  private Duration offset = Duration.ZERO;
  private long sequence;
  private boolean closed;

  public SystemScheduler(Clock base) {
    this.base = base;
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public <T, X extends Exception> T callback(Callback<T, X> code) throws X {
    return callbacks.call(code);
  }

  @Override
  public boolean isInCallback() {
    return Thread.currentThread() == thread || callbacks.isInside();
  }

  /** Makes the time the system's plus this offset from now on. */
  public synchronized void shift(Duration newOffset) {
    offset = newOffset;
    notifyAll();
  }

  /**
   * Lets this much time pass at once, from timer to timer; returns when everything that is due by
   * then is done.
   *
   * @throws IllegalArgumentException if {@code time} is negative
   * @throws IllegalStateException if it is called by a timer's task, which would wait for itself,
   *     or if the scheduler is closed before the end
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("cannot advance by " + time + ": time only goes on");
    }
    if (isInCallback()) {
      throw new IllegalStateException("time cannot be moved from inside a script or callback");
    }
    if (!Moments.canPass(clock.instant(), time)) {
      throw new IllegalArgumentException(
          "time cannot be advanced by " + time + ": the times of the API end with the year 9999");
    }
    var end = clock.instant().plus(time);
    for (var next = firstUntil(end); next.isPresent(); next = firstUntil(end)) {
      shiftTo(next.get());
    }
    shiftTo(end);
  }

  /**
   * Sets the time to this instant, which may be earlier, and lets it go on from there.
   *
   * @throws IllegalStateException if a timer is set already
   */
  public synchronized void setTo(Instant instant) {
    if (!timers.isEmpty()) {
      throw new IllegalStateException("cannot set the time to " + instant
          + ": something waits for its time already; set it first thing in the test");
    }
    shift(Duration.between(base.instant(), instant));
  }

  private synchronized Optional<Instant> firstUntil(Instant end) {
    var first = timers.peek();
    return first == null || first.instant().isAfter(end)
        ? Optional.empty()
        : Optional.of(first.instant());
  }

  private void shiftTo(Instant instant) {
    var done = new CompletableFuture<Instant>();
    long move;
    synchronized (this) {
      var ahead = Duration.between(clock.instant(), instant);
      if (!ahead.isNegative()) {
        shift(offset.plus(ahead));
      }
      if (closed) {
        throw ended();
      }
      move = sequence;
      moves.put(move, done);
      // Runs after everything that is due by this instant, on the only thread of the timers
      at(instant, () -> done.complete(instant));
    }
    try {
      done.join();
    } catch (CompletionException e) {
      throw ended();
    } finally {
      synchronized (this) {
        moves.remove(move);
      }
    }
  }

  private static IllegalStateException ended() {
    return new IllegalStateException(
        "The time was not moved to its end: the emulator was reset or closed meanwhile");
  }

  @Override
  public synchronized Cancellable at(Instant instant, Runnable task) {
    var timer = new Timer(instant, sequence++, task);
    timers.add(timer);
    notifyAll();
    return () -> remove(timer);
  }

  @Override
  public synchronized void close() {
    closed = true;
    timers.clear();
    // No thread works for these moves any more
    moves.values().forEach(move -> move.completeExceptionally(ended()));
    notifyAll();
  }

  private synchronized void remove(Timer timer) {
    timers.remove(timer);
  }

  private void work() {
    try {
      for (var next = await(); next != null; next = await()) {
        run(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @org.jspecify.annotations.Nullable Timer await()
      throws InterruptedException {
    while (!closed) {
      var first = timers.peek();
      var nap = first == null ? LONGEST_NAP_MILLIS : millisUntil(first.instant());
      if (nap <= 0) {
        return timers.poll();
      }
      wait(Math.min(nap, LONGEST_NAP_MILLIS));
    }
    return null;
  }

  private long millisUntil(Instant instant) {
    var left = Duration.between(clock.instant(), instant);
    // Round up, so that no task runs early
    return left.isNegative() || left.isZero()
        ? 0
        : left.plusNanos(999_999).toSeconds() > 1_000
            ? LONGEST_NAP_MILLIS
            : left.plusNanos(999_999).toMillis();
  }

  private static void run(Timer timer) {
    try {
      timer.task().run();
    } catch (RuntimeException e) {
      LOG.error("A timer's task failed", e);
    }
  }

  private record Timer(Instant instant, long sequence, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byTime = instant.compareTo(other.instant);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private synchronized Instant now() {
    return base.instant().plus(offset);
  }
}
