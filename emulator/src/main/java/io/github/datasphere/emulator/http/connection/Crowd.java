package io.github.datasphere.emulator.http.connection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Clients that have a place and clients that wait for one. As long as clients wait, slow ones lose
 * their places, so that no client waits for slow ones longer than a moment: a client that is stuck
 * has no more right to a place than a new one.
 */
final class Crowd {
  private static final int LOOK_EVERY_MILLIS = 100;

  /** With these, who waits gets a place after half a second. */
  private static final int MOST_LOOKS = 4;

  /** Bytes from one look to the next: far less than any working client moves. */
  private static final long LITTLE_BYTES = 8 << 10;

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final Set<ClientWait> placed = new HashSet<>();
  private final Looks looks = new Looks(LITTLE_BYTES, MOST_LOOKS);
  private int brokenOff;
  private boolean looking;

  synchronized void enter(ClientWait client) {
    placed.add(client);
  }

  synchronized void leave(ClientWait client) {
    placed.remove(client);
  }

  /** Adds a task, which waits until {@link #next} returns it. */
  synchronized void queue(Runnable task) {
    waiting.add(task);
  }

  synchronized int waiting() {
    return waiting.size();
  }

  /** Notes that clients wait and there is no place for them. */
  synchronized void press() {
    if (!looking) {
      looking = true;
      lookLater();
    }
  }

  /**
   * Returns the task that gets a free place: the one that has waited longest. A place that was
   * taken from a slow client goes to the newest instead, since the earlier ones may be as slow.
   *
   * @return null if no task waits
   */
  synchronized @Nullable Runnable next() {
    if (brokenOff > 0) {
      brokenOff--;
      return waiting.pollLast();
    }
    return waiting.pollFirst();
  }

  /** Breaks off the clients that have a place, and forgets those that wait. */
  synchronized void disperse() {
    waiting.clear();
    placed.forEach(ClientWait::breakOff);
  }

  /** Sets the JDK's own timer, since one of ours would cost each emulator another thread. */
  private void lookLater() {
    var ignored = new CompletableFuture<Void>()
        .completeOnTimeout(null, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)
        .thenRun(this::look);
  }

  private synchronized void look() {
    if (waiting.isEmpty()) {
      looking = false;
      brokenOff = 0;
      looks.forget();
      return;
    }
    var slow = looks.slow(List.copyOf(placed));
    for (var client : slow.subList(0, Math.min(slow.size(), waiting.size()))) {
      brokenOff++;
      client.breakOff();
    }
    lookLater();
  }
}
