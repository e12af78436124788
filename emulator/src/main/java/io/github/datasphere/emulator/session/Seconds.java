package io.github.datasphere.emulator.session;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Times as they stand in recordings: seconds with up to six decimals. */
final class Seconds {
  private static final int DECIMALS = 6;

  private Seconds() {}

  static SessionJson.Literal of(Duration time) {
    var seconds = BigDecimal.valueOf(time.getSeconds())
        .add(BigDecimal.valueOf(time.getNano(), 9))
        .setScale(DECIMALS, RoundingMode.DOWN);
    return new SessionJson.Literal(
        seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString());
  }

  /** Returns the time without what does not fit into six decimals. */
  static Duration rounded(Duration time) {
    return parse(of(time).digits());
  }

  static Duration parse(String digits) {
    return Duration.ofNanos(new BigDecimal(digits).movePointRight(9).longValueExact());
  }
}
