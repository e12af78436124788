package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static io.github.datasphere.emulator.grpc.behaviour.Known.REAL;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Empty;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.GracefulShutdownParameters;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import org.junit.jupiter.api.Test;

@Rpc("ProjectJobService/Cancel")
class CancelTest extends BehaviourTest {
  @Test
  @Evidence(
      value = REAL,
      at = "6.2",
      says = "answers at once; the job is CANCELLING, and CANCELLED when its run is over")
  void cancelGoesOverCancelling() {
    var job = executing();

    assertThat(cancel(job, false)).isEqualTo(Empty.getDefaultInstance());
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.CANCELLING);
    cancelled(job);
    assertThat(get(job).getStatus()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  @Evidence(value = DOCS, at = "4.22", says = "without a graceful section kills at once")
  void killsAtOnce() {
    var job = executing();
    cancel(job, false);

    assertThat(world.runner().told()).contains("kill " + job);
  }

  @Test
  @Evidence(
      value = DOCS,
      at = "4.22",
      says = "gracefully: the chosen signal first, and SIGKILL after the timeout")
  void gracefulCancelWaitsForTheTimeout() {
    var job = executing(graceful(15, 12));
    cancel(job, true);
    assertThat(world.runner().told()).contains("signal 12 " + job).doesNotContain("kill " + job);
    world.clock.advance(java.time.Duration.ofSeconds(15));

    assertThat(world.runner().told()).contains("kill " + job);
  }

  @Test
  @Evidence(value = DOCS, at = "2.15", says = "the signal is 15 if the client does not say")
  void signalIsSigtermByDefault() {
    var job = executing(graceful(15, 0));
    cancel(job, true);

    assertThat(world.runner().told()).contains("signal 15 " + job);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.29", says = "the timeout is 30 s if the client does not say")
  void timeoutIsHalfAMinuteByDefault() {
    var job = executing(parameters()
        .setGracefulShutdownParameters(GracefulShutdownParameters.newBuilder().setSignal(15)));
    cancel(job, true);
    world.clock.advance(java.time.Duration.ofMillis(29_999));
    assertThat(world.runner().told()).doesNotContain("kill " + job);
    world.clock.advance(java.time.Duration.ofMillis(1));

    assertThat(world.runner().told()).contains("kill " + job);
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.29",
      says = "graceful on a job without graceful parameters kills at once")
  void gracefulWithoutParametersKills() {
    var job = executing();
    cancel(job, true);

    assertThat(world.runner().told()).contains("kill " + job);
  }

  @Test
  @Evidence(value = DOCS, at = "6.3", says = "a second, hard cancel ends a graceful one")
  void secondCancelKills() {
    var job = executing(graceful(600, 15));
    cancel(job, true);
    cancel(job, false);

    assertThat(world.runner().told()).contains("kill " + job);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.9", says = "changes nothing on a job that has ended")
  void cancelOfFinishedJobChangesNothing() {
    var job = ended(0);
    var before = get(job);
    cancel(job, false);

    assertThat(get(job)).isEqualTo(before);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.9", says = "before Execute ends the job as CANCELLED")
  void cancelBeforeExecute() {
    var job = create();
    cancel(job, false);

    assertThat(get(job).getStatus()).isEqualTo(JobStatus.CANCELLED);
    assertThat(get(job).hasActualCloudInstanceType()).isFalse();
  }

  @Test
  @Evidence(
      value = REAL,
      at = "3.9",
      says = "the operation ends with code 1 and \"Canceled by user\"; outputs stay on the job")
  void operationEndsWithCancelled() throws Exception {
    var job = executing();
    var operation = execute(job).getId();
    cancel(job, false);
    world.runner().exited(new JobId(job), 137);
    world.runner().collected(new JobId(job), outputs(stored("half.bin", "x")));

    assertThat(operation(operation).getError().getCode()).isEqualTo(1);
    assertThat(operation(operation).getError().getMessage()).isEqualTo("Canceled by user");
    assertThat(get(job).getOutputFilesCount()).isEqualTo(1);
  }

  private Empty cancel(String job, boolean graceful) {
    return stubs
        .jobs()
        .cancel(CancelProjectJobRequest.newBuilder()
            .setJobId(job)
            .setGraceful(graceful)
            .build());
  }

  private static JobParameters.Builder graceful(int seconds, int signal) {
    return parameters()
        .setGracefulShutdownParameters(GracefulShutdownParameters.newBuilder()
            .setTimeout(Duration.newBuilder().setSeconds(seconds))
            .setSignal(signal));
  }
}
