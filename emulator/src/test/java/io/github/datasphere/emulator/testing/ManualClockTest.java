package io.github.datasphere.emulator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ManualClock clock = new ManualClock(START);
  private final List<String> seen = new ArrayList<>();

  @Test
  void timeStandsStillUntilItIsMoved() {
    assertThat(clock.clock().instant()).isEqualTo(START);
    clock.advance(Duration.ofDays(14));
    assertThat(clock.clock().instant()).isEqualTo(START.plus(Duration.ofDays(14)));
  }

  @Test
  void dueTasksRunInOrderEachAtItsOwnInstant() {
    note("b", START.plusSeconds(20));
    note("a", START.plusSeconds(10));
    note("c", START.plusSeconds(20));
    clock.advance(Duration.ofSeconds(30));
    assertThat(seen).containsExactly("a@10", "b@20", "c@20");
  }

  @Test
  void noTimeIsLostWhereTwoThreadsMoveIt() throws Exception {
    var other = new Thread(this::advanceOften);
    other.start();
    advanceOften();
    other.join();
    assertThat(clock.now()).isEqualTo(START.plusMillis(20_000));
  }

  private void advanceOften() {
    for (int i = 0; i < 10_000; i++) {
      clock.advance(Duration.ofMillis(1));
    }
  }

  @Test
  void timeBeyondWhatTheApiCanTellIsRefusedInWords() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(Duration.ofSeconds(Long.MAX_VALUE)))
        .withMessageContaining("end with the year 9999");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advanceTo(Instant.MAX))
        .withMessageContaining("end with the year 9999");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.setTo(Instant.MAX))
        .withMessageContaining("end with the year 9999");
    assertThat(clock.now()).isEqualTo(START);
  }

  @Test
  void whatIsNotDueWaits() {
    note("later", START.plusSeconds(10));
    clock.advance(Duration.ofSeconds(9));
    assertThat(seen).isEmpty();
  }

  @Test
  void aTaskOrderedByATaskRunsInTheSameAdvanceIfItIsDueThen() {
    clock.at(START.plusSeconds(1), () -> note("next", clock.now().plusSeconds(1)));
    clock.advance(Duration.ofSeconds(5));
    assertThat(seen).containsExactly("next@2");
  }

  @Test
  void aTaskThatIsDueAlreadyRunsAtOnce() {
    note("now", START);
    assertThat(seen).containsExactly("now@0");
  }

  @Test
  void aCancelledTaskNeverRuns() {
    clock.at(START.plusSeconds(1), () -> seen.add("cancelled")).cancel();
    clock.advance(Duration.ofSeconds(2));
    assertThat(seen).isEmpty();
  }

  @Test
  void theTimeCanBeSetAsLongAsNothingWaits() {
    var early = Instant.parse("2020-02-29T00:00:00Z");
    clock.setTo(early);
    assertThat(clock.now()).isEqualTo(early);
    clock.at(early.plusSeconds(1), () -> {});
    assertThatIllegalStateException()
        .isThrownBy(() -> clock.setTo(early.plusSeconds(2)))
        .withMessageContaining("use advanceTo");
  }

  @Test
  void codeOfATestThatIsCalledBackCantMoveTime() {
    assertThatIllegalStateException()
        .isThrownBy(() -> clock.callback(() -> clock.callback(() -> advanced())))
        .withMessageContaining("let the test advance the clock");
    assertThatIllegalStateException()
        .isThrownBy(() -> clock.callback(() -> {
          clock.setTo(START.plusSeconds(1));
          return true;
        }))
        .withMessageContaining("let the test advance the clock");
    assertThat(advanced()).isEqualTo(START.plusSeconds(1));
  }

  private Instant advanced() {
    clock.advance(Duration.ofSeconds(1));
    return clock.now();
  }

  @Test
  void advancingBackwardsIsRefusedWithAdvice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .withMessageContaining("time only goes on");
  }

  @Test
  void advancingFromInsideATaskIsRefusedWithAdviceAndTheClockStaysUsable() {
    clock.at(START.plusSeconds(1), () -> clock.advance(Duration.ofSeconds(1)));
    assertThatIllegalStateException()
        .isThrownBy(() -> clock.advance(Duration.ofSeconds(2)))
        .withMessageContaining("inside a script or callback");
    clock.advance(Duration.ofSeconds(2));
    assertThat(clock.now()).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void advancingFromASecondThreadIsRefusedWithAdvice() throws InterruptedException {
    var inside = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    clock.at(START.plusSeconds(1), () -> {
      inside.countDown();
      awaitQuietly(leave);
    });
    var mover = new Thread(() -> clock.advance(Duration.ofSeconds(1)), "mover");
    mover.start();
    inside.await();
    assertThatIllegalStateException()
        .isThrownBy(() -> clock.advance(Duration.ofSeconds(1)))
        .withMessageContaining("mover");
    leave.countDown();
    mover.join();
  }

  private void note(String name, Instant when) {
    clock.at(
        when, () -> seen.add(name + "@" + Duration.between(START, clock.now()).toSeconds()));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
