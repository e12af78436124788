package io.github.datasphere.emulator.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store takes what the engine does by itself, and tries again each second. The log
 * hears of it when that changes, however many jobs wait.
 */
final class StoreOutage {
  private final AtomicBoolean isOn = new AtomicBoolean();

  /** It did not take this. */
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

  /** It took something. */
  void end() {
    if (isOn.get() && isOn.compareAndSet(true, false)) {
      log().info("The disk serves again; what waited for it goes on");
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(StoreOutage.class);
  }
}
