package io.github.datasphere.emulator.world;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** Tells the time of the current world, also after a reset or a restore. */
public final class WorldClock extends Clock {
  private final Supplier<Clock> current;

  public WorldClock(Supplier<Clock> current) {
    this.current = current;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return current.get().instant();
  }
}
