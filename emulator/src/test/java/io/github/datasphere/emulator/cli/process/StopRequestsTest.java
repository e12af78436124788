package io.github.datasphere.emulator.cli.process;

import static io.github.datasphere.emulator.cli.process.StopRequests.Meaning.AGAIN;
import static io.github.datasphere.emulator.cli.process.StopRequests.Meaning.FIRST;
import static io.github.datasphere.emulator.cli.process.StopRequests.Meaning.SAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopRequestsTest {
  /** Anywhere, also where it overflows. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

  private final StopRequests requests = new StopRequests(nanos::get);

  @Test
  void signalThatArrivesTwiceWithinAMomentIsOneRequest() {
    assertThat(requests.meaning("TERM")).isEqualTo(FIRST);
    pass(20);
    assertThat(requests.meaning("TERM")).isEqualTo(SAME);
  }

  @Test
  void signalThatIsSentAgainLaterIsASecondRequest() {
    requests.meaning("INT");
    pass(20);
    requests.meaning("INT");
    pass(600);
    assertThat(requests.meaning("INT")).isEqualTo(AGAIN);
    pass(20);
    assertThat(requests.meaning("INT")).isEqualTo(SAME);
  }

  @Test
  void termSomeSecondsAfterIntIsTheSameRequestEachTwice() {
    requests.meaning("INT");
    pass(20);
    requests.meaning("INT");
    pass(7500);
    assertThat(requests.meaning("TERM")).isEqualTo(SAME);
    pass(20);
    assertThat(requests.meaning("TERM")).isEqualTo(SAME);
    pass(2500);
    assertThat(requests.meaning("TERM")).isEqualTo(AGAIN);
  }

  @Test
  void echoIsTheSameSignalWithinAMoment() {
    assertThat(requests.isEcho("TERM")).isFalse();
    pass(20);
    assertThat(requests.isEcho("TERM")).isTrue();
    assertThat(requests.isEcho("HUP")).isFalse();
    pass(600);
    assertThat(requests.isEcho("TERM")).isFalse();
  }

  private void pass(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
