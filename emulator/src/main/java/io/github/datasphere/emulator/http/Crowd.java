package io.github.datasphere.emulator.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Those who have a place and those who wait for one. As long as somebody waits, slow clients lose
 * their places, so that nobody waits for them longer than a moment: one that is stuck is worth no
 * more than one that has just come.
 */
final class Crowd {
  private static final int LOOK_EVERY_MILLIS = 200;
  private static final int MOST_LOOKS = 3;
  /** In the time of a look: far less than any client that gets on. */
  private static final long LITTLE_BYTES = 16 << 10;

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

  /** It waits until {@link #next} gives it out. */
  synchronized void queue(Runnable task) {
    waiting.add(task);
  }

  synchronized int waiting() {
    return waiting.size();
  }

  /** There is no place for those that wait. */
  synchronized void press() {
    if (!looking) {
      looking = true;
      lookLater();
    }
  }

  /**
   * Who gets a place that has become free: who waits longest, but a place that was taken from a
   * slow client goes to who came last, since those before may be as slow.
   *
   * @return null if nobody waits
   */
  synchronized @Nullable Runnable next() {
    if (brokenOff > 0) {
      brokenOff--;
      return waiting.pollLast();
    }
    return waiting.pollFirst();
  }

  /** Breaks off whoever has a place, and forgets who waits. */
  synchronized void disperse() {
    waiting.clear();
    placed.forEach(ClientWait::breakOff);
  }

  /** By the JDK's own timer: one of ours would be a thread more for each emulator. */
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
