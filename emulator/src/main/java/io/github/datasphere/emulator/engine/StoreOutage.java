package io.github.datasphere.emulator.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the store takes the engine's own changes, which are tried again each second. It
 * logs once when that changes, however many jobs wait.
 */
final class StoreOutage {
  private final AtomicBoolean isOn = new AtomicBoolean();

  /** Notes that the store did not take a change. */
  void begin(String what, Exception failure) {
    if (isOn.compareAndSet(false, true)) {
      log()
          .warn(
              "{} waits for the disk, and so does what follows; it is tried again each second: {}",
              what,
              failure.getMessage());
    } else {
      log().debug("{} waits for the disk", what, failure);
    }
  }

  /** Notes that the store took a change. */
  void end() {
    if (isOn.get() && isOn.compareAndSet(true, false)) {
      log().info("The disk serves again; what waited for it goes on");
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(StoreOutage.class);
  }
}
