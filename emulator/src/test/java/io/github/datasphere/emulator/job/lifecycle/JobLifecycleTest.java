package io.github.datasphere.emulator.job.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.lifecycle.Decision.Decided;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.operation.OperationChange;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.job.operation.OperationResult.Executed;
import io.github.datasphere.emulator.job.spec.FileDesc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the moves write into the job; which moves there are says {@link JobLifecycleTableTest}. */
class JobLifecycleTest {
  private static final Instant NOW = Situation.CREATED.plusSeconds(50);

  private final JobLifecycle lifecycle = new JobLifecycle(false);

  @Test
  void executeRemembersItsOperation() {
    var next = next(Situation.CREATING, Order.EXECUTE.command());

    assertThat(next.execution().operation()).hasToString("bt1new");
  }

  @Test
  void executeOfAJobThatLacksFilesNamesThem() {
    assertThat(decide(
            Situation.CREATING,
            new JobCommand.Execute(Situation.OPERATION, List.of("a", "b"), false)))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.message()).endsWith(": a, b"));
  }

  @Test
  void startOfTheCommandIsNoted() {
    assertThat(next(Situation.PREPARING, new JobCommand.Started()).execution().startedAt())
        .isEqualTo(NOW);
  }

  @Test
  void progressIsNoted() {
    var progress = new Progress(7, "seven", NOW);

    assertThat(next(Situation.EXECUTING, new JobCommand.ReportProgress(progress))
            .execution()
            .progress())
        .isEqualTo(progress);
  }

  @Test
  void gracefulCancelIsPatientForTheTimeout() {
    var next = next(Situation.EXECUTING_GRACEFUL, new JobCommand.Cancel(true));

    assertThat(next.execution().killAt()).isEqualTo(NOW.plusSeconds(15));
    assertThat(next.deadline()).contains(NOW.plusSeconds(15));
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCEL", "LOSE_PATIENCE"})
  void endOfPatienceIsNoDeadlineAnyMore(Order order) {
    var decided = (Decided)
        lifecycle.decide(Situation.CANCELLING_GRACEFUL.job(), order.command(), order.at());

    assertThat(decided.next().deadline()).isEmpty();
  }

  @Test
  void endOfTheProgramEndsTheGracefulWait() {
    var next = next(Situation.CANCELLING_GRACEFUL, Order.EXITED_0.command());

    assertThat(next.deadline()).isEmpty();
    assertThat(next.execution().ending()).isEqualTo(new Ending.Exited(0, ""));
  }

  @Test
  void dataLiveFromTheEndOfTheJobOn() {
    var next = next(Situation.UPLOADING_OUTPUT, Order.FINISH.command());

    assertThat(next.finishedAt()).isEqualTo(NOW);
    assertThat(next.data().expiresAt()).isEqualTo(NOW.plus(Situation.TTL));
  }

  @Test
  void clearedDataDoNotBeginToLiveAgain() {
    var before = Situation.CREATING_CLEARED.job().data();

    assertThat(next(Situation.CREATING_CLEARED, new JobCommand.Cancel(false)).data())
        .isEqualTo(before);
  }

  @Test
  void newTtlCountsFromTheEndOfTheJob() {
    var next = next(Situation.SUCCESS, new JobCommand.SetDataTtl(Duration.ofDays(3)));

    assertThat(next.data().expiresAt()).isEqualTo(Situation.FINISHED.plus(Duration.ofDays(3)));
  }

  @Test
  void newTtlThatHasRunOutEndsNow() {
    var later = Situation.FINISHED.plus(Duration.ofDays(5));
    var decided = (Decided) lifecycle.decide(
        Situation.SUCCESS.job(), new JobCommand.SetDataTtl(Duration.ofDays(3)), later);

    assertThat(decided.next().data().expiresAt()).isEqualTo(later);
  }

  @Test
  void noTtlIsForEver() {
    var next = next(Situation.SUCCESS, new JobCommand.SetDataTtl(null));

    assertThat(next.data().expiresAt()).isNull();
    assertThat(next.deadline()).isEmpty();
  }

  @Test
  void clearedJobKeepsItsListsOfFilesAndStoresNothing() {
    var next = next(Situation.SUCCESS, Order.CLEAR.command());

    assertThat(next.data().cleared()).isTrue();
    assertThat(next.results().outputFiles()).containsExactly(Situation.OUTPUT);
    assertThat(next.dataSizeBytes()).isZero();
    assertThat(next.claims()).isEmpty();
  }

  @Test
  void programThatFailsIsAnErrorWithAResponse() {
    var ended = with(Situation.UPLOADING_OUTPUT, new Ending.Exited(137, "killed: out of memory"));
    var decided = decided(ended, Order.FINISH.command());

    assertThat(decided.next().status()).isEqualTo(JobStatus.ERROR);
    assertThat(decided.next().statusDetails())
        .isEqualTo("Program returned code 137: killed: out of memory");
    assertThat(result(decided)).isInstanceOfSatisfying(Executed.class, executed -> {
      assertThat(executed.returnCode()).isEqualTo(137);
      assertThat(executed.outputFiles()).containsExactly(Situation.OUTPUT);
    });
  }

  @Test
  void missingOutputIsAnErrorThatNamesIt() {
    var next = next(Situation.UPLOADING_OUTPUT, Order.FINISH_INCOMPLETE.command());

    assertThat(next.statusDetails()).isEqualTo("Files were not stored: output (Not found)");
  }

  @Test
  void missingOutputCanBeForgiven() {
    var forgiving = new JobLifecycle(true);
    var job = Situation.UPLOADING_OUTPUT.job();

    assertThat(forgiving.decide(job, Order.FINISH_INCOMPLETE.command(), NOW))
        .isInstanceOfSatisfying(
            Decided.class,
            decided -> assertThat(decided.next().status()).isEqualTo(JobStatus.SUCCESS));
  }

  @Test
  void failedUploadIsNeverForgiven() {
    var error =
        new FileError.Output(new FileDesc("big", ""), FileError.Type.UPLOAD_FAILED, "too large");
    var collected = new Collected(List.of(), List.of(), List.of(), List.of(error), List.of());

    assertThat(new JobLifecycle(true)
            .decide(Situation.UPLOADING_OUTPUT.job(), new JobCommand.Finish(collected), NOW))
        .isInstanceOfSatisfying(
            Decided.class,
            decided -> assertThat(decided.next().status()).isEqualTo(JobStatus.ERROR));
  }

  @Test
  void outputsOfACancelledJobStayOnIt() {
    var next = next(Situation.CANCELLING_COLLECTING, Order.FINISH.command());

    assertThat(next.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(next.statusDetails()).isEqualTo("Canceled by user");
    assertThat(next.results().outputFiles()).containsExactly(Situation.OUTPUT);
  }

  @Test
  void endedOperationKeepsTheJobAsItWas() {
    var decided = decided(Situation.UPLOADING_OUTPUT.job(), Order.FINISH.command());

    assertThat(decided.operations())
        .singleElement()
        .isInstanceOfSatisfying(
            OperationChange.Complete.class,
            complete -> assertThat(complete.finalJob()).isEqualTo(decided.next()));
  }

  @Test
  void refusalTellsTheHistoryOfTheJob() {
    assertThat(decide(Situation.EXECUTING, Order.DELETE.command()))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.message())
                .contains("EXECUTING", "Delete", Situation.STARTED.toString()));
  }

  private Decision decide(Situation from, JobCommand command) {
    return lifecycle.decide(from.job(), command, NOW);
  }

  private Decided decided(Job job, JobCommand command) {
    return (Decided) lifecycle.decide(job, command, NOW);
  }

  private Job next(Situation from, JobCommand command) {
    return decided(from.job(), command).next();
  }

  private static Job with(Situation from, Ending ending) {
    var job = from.job();
    return job.with(job.execution().with(ending));
  }

  private static OperationResult result(Decided decided) {
    return ((OperationChange.Complete) decided.operations().get(0)).result();
  }
}
