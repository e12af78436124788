package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.operation.CancelOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TestDoubleTest extends WithTestDouble {
  @Test
  void aJobWithoutScriptSucceedsAtOnce() {
    assertThat(client.get(client.execute("any")).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void theFirstAnswersOfExecuteAndCancelComeBeforeWhatFollowsFromThem() throws Exception {
    var quick = client.executeCreated(client.create("any"));
    assertThat(quick.getDone()).isFalse();
    assertThat(statusIn(quick)).isEqualTo(JobStatus.PREPARING);

    emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofHours(1)));
    var running = client.executeCreated(client.create("long"));
    var cancel = OperationServiceGrpc.newBlockingStub(client.jobs.getChannel())
        .withInterceptors(TestClient.authorized())
        .cancel(
            CancelOperationRequest.newBuilder().setOperationId(running.getId()).build());
    assertThat(cancel.getDone()).isFalse();
    assertThat(statusIn(cancel)).isEqualTo(JobStatus.CANCELLING);
    assertThat(emulator.operation(running.getId()).orElseThrow().getDone()).isTrue();
  }

  private static JobStatus statusIn(Operation operation) throws InvalidProtocolBufferException {
    return operation
        .getMetadata()
        .unpack(ExecuteProjectJobMetadata.class)
        .getJob()
        .getStatus();
  }

  @Test
  void aScriptedJobTakesVirtualTime() {
    emulator
        .whenExecuted(job -> job.name().equals("train"))
        .thenRun(
            script -> script.stdout("epoch 1\n").lasts(Duration.ofMinutes(10)).exits(0));
    var id = client.execute("train");
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.EXECUTING);
    emulator.clock().advance(Duration.ofMinutes(10));
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
    emulator.clock().advance(Duration.ofDays(14));
    assertThat(client.get(id).getDataCleared()).isTrue();
  }

  @Test
  void scriptsComeInOrderAndTheLastOneStays() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script.exits(1))
        .thenRun(script -> script.exits(0));
    assertThat(client.get(client.execute("a")).getStatus()).isEqualTo(JobStatus.ERROR);
    assertThat(client.get(client.execute("b")).getStatus()).isEqualTo(JobStatus.SUCCESS);
    assertThat(client.get(client.execute("c")).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void theTimelineTellsCommandsLogsAndFaultsInTheirOrder() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script.stdout("epoch 1\n").lasts(Duration.ofHours(1)));
    var id = client.execute("a");
    emulator.faults().on("Get").failWith(Status.UNAVAILABLE);
    assertThatThrownBy(() -> client.get(id)).hasMessageContaining("UNAVAILABLE");
    emulator.clock().advance(Duration.ofHours(1));
    assertThat(emulator.timeline().render(id))
        .containsSubsequence(
            "Execute: CREATING -> PREPARING",
            "log: 8 bytes to STDOUT",
            "fault at Get: a failure",
            "End: EXECUTING -> UPLOADING_OUTPUT");
  }

  @Test
  void aConditionThatThrowsEndsTheJobAsAFailureOfTheSystemThatNamesItsLine() {
    emulator.whenExecuted(job -> job.inputs().get(0).isEmpty()).thenRun(script -> script);
    var failed = client.executed(client.create("a"));
    assertThat(failed.getError().getMessage())
        .contains("The condition of the stub made at", "TestDoubleTest.java:", "IndexOutOfBounds");
  }

  @Test
  void afterAResetThereIsNoJobNoScriptAndTheIdsBeginAnew() {
    emulator.whenExecuted(job -> true).thenRun(script -> script.exits(1));
    var id = client.execute("a");
    emulator.reset();
    assertThatThrownBy(() -> client.get(id))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    assertThat(client.execute("a")).isEqualTo(id);
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void anOpenLogStreamEndsCancelledAtReset() {
    emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofDays(1)));
    var stream = client.jobs.readLogs(
        ReadProjectJobLogsRequest.newBuilder().setJobId(client.execute("a")).build());
    emulator.reset();
    assertThatThrownBy(stream::hasNext)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.CANCELLED));
  }

  @Test
  void scriptsAreRefusedWhereJobsRunTheirOwnCommands() {
    var config = EmulatorConfig.onFreePorts();
    try (var real = Emulator.inProcess(config.with(config.jobs().with(RunnerKind.PROCESS)))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> real.whenExecuted(job -> true))
          .withMessageContaining("scripted");
      assertThatIllegalStateException().isThrownBy(real::clock);
    }
  }
}
