package io.github.datasphere.emulator.engine.commands;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the store takes the engine's own changes, which are tried again each second. It
 * logs once when that changes, however many jobs wait. A full disk still takes a small change now
 * and then, so an outage is over only when nothing waits any more.
 */
public final class StoreOutage {
  private final Set<Object> waiting = ConcurrentHashMap.newKeySet();

  /**
   * Notes that the store did not take a change.
   *
   * @param waiter the job, or another part of the engine, that tries again
   */
  synchronized void begin(Object waiter, String what, Exception failure) {
    if (waiting.isEmpty()) {
      log()
          .warn(
              "{} waits for the disk; all waiting work is tried again each second: {}",
              what,
              failure.getMessage());
    } else {
      log().debug("{} waits for the disk", what, failure);
    }
    waiting.add(waiter);
  }

  /** Notes that this waiter waits no longer, if it did. */
  void end(Object waiter) {
    if (!waiting.isEmpty()) {
      endWaiting(waiter);
    }
  }

  private synchronized void endWaiting(Object waiter) {
    if (waiting.remove(waiter) && waiting.isEmpty()) {
      log().info("The disk works again, and the waiting work goes on");
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(StoreOutage.class);
  }
}
