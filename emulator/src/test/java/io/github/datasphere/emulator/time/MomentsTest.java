package io.github.datasphere.emulator.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.75Z");

  @Test
  void lastMomentThatThereIsCanBeReachedExactly() {
    var most = Duration.ofSeconds(
        Instant.MAX.getEpochSecond() - NOW.getEpochSecond(), 999_999_999 - 750_000_000);

    assertThat(Moments.after(NOW, most)).isEqualTo(Instant.MAX);
    assertThat(Moments.after(NOW, most.minusNanos(1))).isEqualTo(Instant.MAX.minusNanos(1));
  }

  @Test
  void anyTimeBeyondTheLastMomentLeadsToIt() {
    assertThat(Moments.after(NOW, Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Instant.MAX);
    assertThat(Moments.after(Instant.MAX, Duration.ofNanos(1))).isEqualTo(Instant.MAX);
  }

  @Test
  void timeCanPassToTheLastNanosecondOfTheApi() {
    var last = Duration.between(NOW.minusNanos(1), NOW).plus(Duration.ofDays(1));

    assertThat(Moments.canPass(Moments.LATEST.minus(last), last)).isTrue();
    assertThat(Moments.canPass(Moments.LATEST.minus(last), last.plusNanos(1))).isFalse();
    assertThat(Moments.canPass(NOW, Duration.ofSeconds(Long.MAX_VALUE))).isFalse();
  }
}
