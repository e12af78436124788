package io.github.datasphere.junit;

import static io.github.datasphere.junit.EmulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mistakes of a test's author: each is told with what to change, where it was made. */
class BadUseTest {
  @Test
  void timeMovedBackBeginsItsTraceInTheTest() {
    assertToldAt(MovesBack.class, "time only goes on", "MovesBack.moves");
  }

  @Test
  void timeMovedFromInsideAScriptSaysWhoShouldMoveIt() {
    assertThat(Run.of(MovesInside.class).failureText())
        .contains("from inside a script or callback", "let the test advance the clock");
  }

  @Test
  void timeMovedFromInsideAScriptThatACallStartedSaysTheSame() {
    assertThat(Run.of(MovesInsideACall.class).failureText())
        .contains("from inside a script or callback", "at " + MovesInsideACall.class.getName());
  }

  @Test
  void timeMovedFromInsideAConditionSaysTheSame() {
    assertThat(Run.of(MovesInsideACondition.class).failureText())
        .contains("The condition of the stub made at", "from inside a script or callback");
  }

  @Test
  void timeMovedByTwoThreadsNamesTheOther() {
    assertThat(Run.of(MovesTwice.class).failureText())
        .contains("while thread mover advances the same clock", "let one thread move the time");
  }

  @Test
  void aScriptThatThrowsEndsItsJobAndSaysWhat() {
    assertThat(Run.of(ScriptThrows.class).failureText())
        .contains(
            "The script of this job threw java.lang.IllegalStateException: no data at "
                + ScriptThrows.class.getName(),
            "(BadUseTest.java:");
  }

  @Test
  void aStepAfterTheEndBeginsItsTraceInTheTest() {
    assertToldAt(GoesOnAfterTheEnd.class, "nothing can follow exits", "GoesOnAfterTheEnd.");
  }

  @Test
  void aCodeThatNoProgramExitsWithBeginsItsTraceInTheTest() {
    assertToldAt(ExitsWithTooMuch.class, "exits with 0 to 255, not 256", "ExitsWithTooMuch.");
  }

  @Test
  void aFaultOfACallThatThereIsNotNamesThoseThatThereAre() {
    assertToldAt(FailsNoCall.class, "no call 'Creat': take", "FailsNoCall.orders");
  }

  @Test
  void aCallThatThereIsNotIsNotTakenForOneThatNobodyMade() {
    assertToldAt(CountsNoCall.class, "no call 'create': take", "CountsNoCall.counts");
  }

  @Test
  void anEmulatorAfterItsTestSaysSoInTheTest() {
    assertToldAt(UsesAClosedOne.class, "this emulator is closed", "UsesAClosedOne.uses");
  }

  @Test
  void aTestMayLetItsServiceVanish() {
    assertThat(Run.of(ClosesIt.class).failures()).isEmpty();
  }

  @Test
  void twoRegistrationsAreToldWhenATestAsksForTheEmulator() {
    assertThat(Run.of(AsksOneOfTwo.class).failureText())
        .contains("either of two registrations", "keep one");
  }

  @Test
  void twoRegistrationsAreToldWhenAFieldAsksForTheEmulator() {
    assertThat(Run.of(HasAFieldOfOneOfTwo.class).failureText())
        .contains("either of two registrations", "HasAFieldOfOneOfTwo.emulator");
  }

  @Test
  void anAssertionOnAJobThatIsNotThereNamesThoseThatAre() {
    assertToldAt(AsksForNoJob.class, "There is no job 'bt1typo'; there are: ", "AsksForNoJob.asks");
  }

  @Test
  void aFailedAssertionBeginsItsTraceInTheTest() {
    assertToldAt(ExpectsAnotherState.class, "to be ERROR but it is SUCCESS", "ExpectsAnother");
  }

  @Test
  void aTestThatTimesOutIsToldByJUnit() {
    assertThat(Run.of(TimesOut.class).failureText()).contains("timed out after 100 milliseconds");
  }

  @Test
  void twoEmulatorsInOneTestAreNotMixedUp() {
    assertThat(Run.of(HasTwo.class).failures()).isEmpty();
  }

  private static void assertToldAt(Class<?> test, String message, String line) {
    var failures = Run.of(test).failures();
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0)).hasMessageContaining(message);
    assertThat(failures.get(0).getStackTrace()[0].toString()).contains(line);
  }

  @DataSphereEmulator
  static class MovesBack {
    @Test
    void moves(Emulator emulator) {
      emulator.clock().advance(Duration.ofHours(-1));
    }
  }

  @DataSphereEmulator
  static class MovesInside {
    @Test
    void moves(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator
          .whenExecuted(job -> true)
          .thenRun(script -> script
              .after(Duration.ofHours(1))
              .performs(job -> emulator.clock().advance(Duration.ofHours(1))));
      var id = Jobs.execute(jobs, "a");
      emulator.clock().advance(Duration.ofHours(1));
      assertThat(Jobs.execution(jobs, id).getError().getMessage()).isEmpty();
    }
  }

  @DataSphereEmulator
  static class MovesInsideACall {
    @Test
    void moves(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator
          .whenExecuted(job -> true)
          .thenRun(script -> script.performs(job -> emulator.clock().advance(Duration.ofHours(1))));
      assertThat(emulator).job(Jobs.execute(jobs, "a")).hasStatus(JobStatus.SUCCESS);
    }
  }

  @DataSphereEmulator
  static class MovesInsideACondition {
    @Test
    void moves(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator
          .whenExecuted(job -> {
            emulator.clock().advance(Duration.ofHours(1));
            return true;
          })
          .thenRun(script -> script);
      assertThat(emulator).job(Jobs.execute(jobs, "a")).hasStatus(JobStatus.SUCCESS);
    }
  }

  @DataSphereEmulator
  static class MovesTwice {
    @Test
    void moves(Emulator emulator, ProjectJobServiceBlockingStub jobs) throws Exception {
      var inside = new CountDownLatch(1);
      var over = new CountDownLatch(1);
      emulator
          .whenExecuted(job -> true)
          .thenRun(script -> script.after(Duration.ofHours(1)).performs(job -> {
            inside.countDown();
            over.await(1, TimeUnit.MINUTES);
          }));
      Jobs.execute(jobs, "a");
      var mover = new Thread(() -> emulator.clock().advance(Duration.ofHours(1)), "mover");
      mover.start();
      try {
        inside.await(1, TimeUnit.MINUTES);
        emulator.clock().advance(Duration.ofHours(1));
      } finally {
        over.countDown();
        mover.join();
      }
    }
  }

  @DataSphereEmulator
  static class ScriptThrows {
    @Test
    void runs(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator
          .whenExecuted(job -> true)
          .thenRun(script -> script.performs(job -> {
            throw new IllegalStateException("no data");
          }));
      var id = Jobs.execute(jobs, "a");
      assertThat(Jobs.execution(jobs, id).getError().getMessage()).isEmpty();
    }
  }

  @DataSphereEmulator
  static class GoesOnAfterTheEnd {
    @Test
    void orders(Emulator emulator) {
      emulator.whenExecuted(job -> true).thenRun(Script.empty().exits(0).stdout("more"));
    }
  }

  @DataSphereEmulator
  static class ExitsWithTooMuch {
    @Test
    void orders(Emulator emulator) {
      emulator.whenExecuted(job -> true).thenRun(Script.empty().exits(256));
    }
  }

  @DataSphereEmulator
  static class FailsNoCall {
    @Test
    void orders(Emulator emulator) {
      emulator.faults().failNext(1, "Creat", Status.UNAVAILABLE);
    }
  }

  @DataSphereEmulator
  static class CountsNoCall {
    @Test
    void counts(Emulator emulator) {
      assertThat(emulator).wasNeverCalled("create");
    }
  }

  static class UsesAClosedOne {
    @Test
    void uses() {
      var emulator = Emulator.inProcess();
      emulator.close();
      emulator.whenExecuted(job -> true);
    }
  }

  @DataSphereEmulator(strict = true)
  static class ClosesIt {
    @Test
    void closes(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      emulator.close();
      assertThatThrownBy(() -> Jobs.create(jobs, "a")).hasMessageContaining("UNAVAILABLE");
    }
  }

  @DataSphereEmulator
  static class AsksOneOfTwo {
    @RegisterExtension
    static final DataSphereEmulatorExtension OTHER =
        DataSphereEmulatorExtension.builder().build();

    @Test
    void asks(Emulator emulator) {
      emulator.reset();
    }
  }

  @DataSphereEmulator
  static class HasAFieldOfOneOfTwo {
    @RegisterExtension
    static final DataSphereEmulatorExtension OTHER =
        DataSphereEmulatorExtension.builder().build();

    @FromEmulator
    private Emulator emulator;

    @Test
    void uses() {
      emulator.reset();
    }
  }

  @DataSphereEmulator
  static class AsksForNoJob {
    @Test
    void asks(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      Jobs.create(jobs, "a");
      assertThat(emulator).job("bt1typo").hasStatus(JobStatus.SUCCESS);
    }
  }

  @DataSphereEmulator
  static class ExpectsAnotherState {
    @Test
    void expects(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      assertThat(emulator).job(Jobs.execute(jobs, "a")).hasStatus(JobStatus.ERROR);
    }
  }

  @DataSphereEmulator
  static class TimesOut {
    @Test
    @Timeout(value = 100, unit = TimeUnit.MILLISECONDS)
    void waits(Emulator emulator, ProjectJobServiceBlockingStub jobs) throws Exception {
      Jobs.execute(jobs, "a");
      new CountDownLatch(1).await();
    }
  }

  @DataSphereEmulator
  static class HasTwo {
    @Test
    void uses(Emulator emulator, ProjectJobServiceBlockingStub jobs) {
      try (var second = Emulator.inProcess()) {
        Jobs.create(jobs, "a");
        assertThat(emulator).hasJobs(1);
        assertThat(second).hasJobs(0);
      }
    }
  }
}
