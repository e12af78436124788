package io.github.datasphere.emulator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SystemSchedulerTest {
  @Test
  void aTaskWhoseTimeHasComeRuns() throws Exception {
    try (var scheduler = new SystemScheduler(Clock.systemUTC())) {
      var ran = new CompletableFuture<String>();
      scheduler.at(scheduler.clock().instant(), () -> ran.complete("ran"));
      assertThat(ran.get(10, TimeUnit.SECONDS)).isEqualTo("ran");
    }
  }

  @Test
  void shiftingTheTimeMakesTasksDue() throws Exception {
    try (var scheduler = new SystemScheduler(Clock.systemUTC())) {
      var ran = new CompletableFuture<String>();
      scheduler.at(
          scheduler.clock().instant().plus(Duration.ofDays(14)), () -> ran.complete("ran"));
      assertThat(ran).isNotDone();
      scheduler.shift(Duration.ofDays(15));
      assertThat(ran.get(10, TimeUnit.SECONDS)).isEqualTo("ran");
    }
  }

  @Test
  void aFailingTaskDoesNotStopTheNext() throws Exception {
    try (var scheduler = new SystemScheduler(Clock.systemUTC())) {
      var ran = new CompletableFuture<String>();
      scheduler.at(scheduler.clock().instant(), () -> {
        throw new IllegalStateException("expected in this test");
      });
      scheduler.at(scheduler.clock().instant(), () -> ran.complete("ran"));
      assertThat(ran.get(10, TimeUnit.SECONDS)).isEqualTo("ran");
    }
  }

  @Test
  void moveOfATimeThatEndsMeanwhileIsRefused() {
    var scheduler = new SystemScheduler(Clock.systemUTC());
    var begun = new CompletableFuture<Void>();
    var goesOn = new CompletableFuture<Void>();
    scheduler.at(scheduler.clock().instant().plus(Duration.ofDays(1)), () -> {
      begun.complete(null);
      goesOn.join();
    });
    var move = CompletableFuture.runAsync(() -> scheduler.advance(Duration.ofDays(2)));
    begun.join();

    scheduler.close();

    assertThat(move)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withMessageContaining("reset or closed meanwhile");
    goesOn.complete(null);
  }

  @Test
  void timeThatHasEndedIsNotMoved() {
    var scheduler = new SystemScheduler(Clock.systemUTC());
    scheduler.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> scheduler.advance(Duration.ofDays(2)))
        .withMessageContaining("reset or closed meanwhile");
  }
}
