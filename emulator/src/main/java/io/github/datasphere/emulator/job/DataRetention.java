package io.github.datasphere.emulator.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long the stored files and logs of a job live (service-behaviour 6.6, 6.7, 10.21).
 *
 * @param ttl null for ever
 * @param expiresAt null for never
 * @param cleared whether they are gone already
 */
public record DataRetention(
    @Nullable Duration ttl, @Nullable Instant expiresAt, boolean cleared) {

  public static DataRetention from(Instant base, @Nullable Duration ttl) {
    return new DataRetention(ttl, plus(base, ttl), false);
  }

  /** Restarts the time to live; data that are gone already stay gone. */
  DataRetention restartAt(Instant base) {
    return cleared ? this : new DataRetention(ttl, plus(base, ttl), cleared);
  }

  /** Changes the TTL; one that has run out already ends now, not in the past. */
  public DataRetention with(@Nullable Duration newTtl, Instant base, Instant now) {
    var end = plus(base, newTtl);
    return new DataRetention(newTtl, end != null && end.isBefore(now) ? now : end, cleared);
  }

  public DataRetention afterClearing() {
    return new DataRetention(ttl, expiresAt, true);
  }

  private static @Nullable Instant plus(Instant base, @Nullable Duration ttl) {
    return ttl == null ? null : base.plus(ttl);
  }
}
