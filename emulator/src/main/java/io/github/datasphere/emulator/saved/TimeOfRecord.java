package io.github.datasphere.emulator.saved;

import io.github.datasphere.emulator.engine.LogReceiver;
import java.time.Instant;

/** Takes the time of the first record of some. */
final class TimeOfRecord implements LogReceiver {
  private Instant first = Instant.MAX;

  boolean isBefore(Instant time) {
    return first.isBefore(time);
  }

  @Override
  public void stdout(Instant createdAt, byte[] content) {
    take(createdAt);
  }

  @Override
  public void stderr(Instant createdAt, byte[] content) {
    take(createdAt);
  }

  @Override
  public void file(String path, Instant createdAt, byte[] content) {
    take(createdAt);
  }

  private void take(Instant createdAt) {
    if (first.equals(Instant.MAX)) {
      first = createdAt;
    }
  }
}
