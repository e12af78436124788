package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import io.github.datasphere.proto.emulator.AddFaultRequest;
import io.github.datasphere.proto.emulator.MoveClockRequest;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Faults as tests in other languages order them. */
class ControlFaultsTest extends ControlledEmulator {
  @Test
  void aFaultHappensToTheCallsThatItIsFor() {
    control.addFault(AddFaultRequest.newBuilder()
        .setMethod("Create")
        .setNth(2)
        .putWhenRequestHas("name", "a")
        .setFailWith(com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.RESOURCE_EXHAUSTED.value())
            .setMessage("full")
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("QUOTA").build())))
        .build());
    client.create("b");
    client.create("a");
    client.create("b");
    assertThatThrownBy(() -> client.create("a"))
        .hasMessage("RESOURCE_EXHAUSTED: full")
        .satisfies(e -> assertThat(StatusProto.fromThrowable(e)
                .getDetails(0)
                .unpack(ErrorInfo.class)
                .getReason())
            .isEqualTo("QUOTA"));
    client.create("a");
  }

  @Test
  void aFaultThatIsTooLongForClientsIsRefused() {
    var fault = AddFaultRequest.newBuilder()
        .setMethod("Create")
        .setFailWith(com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.UNAVAILABLE.value())
            .setMessage("x".repeat(9000)));
    assertThatThrownBy(() -> control.addFault(fault.build()))
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("make them shorter");
    client.create("goes on");
  }

  @Test
  void aFaultDelaysACallAndThenFailsItWithTrailersAndDetails() {
    control.addFault(AddFaultRequest.newBuilder()
        .setMethod("Create")
        .setDelayBy(minutes(5))
        .setFailWith(com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.UNAVAILABLE.value())
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("BUSY").build())))
        .putTrailers("x-request-id", "r1")
        .putTrailers("more-bin", "AQI=")
        .build());
    var create = ProjectJobServiceGrpc.newFutureStub(client.jobs.getChannel())
        .withInterceptors(TestClient.authorized())
        .create(TestClient.creation(JobParameters.newBuilder().setCmd("true"), "a"));
    assertThat(create.isDone()).isFalse();
    control.moveClock(MoveClockRequest.newBuilder().setAdvance(minutes(5)).build());
    assertThatThrownBy(create::get).cause().satisfies(e -> {
      assertThat(TestClient.codeOf(e)).isEqualTo(Status.Code.UNAVAILABLE);
      var trailers = Status.trailersFromThrowable(e);
      assertThat(trailers.get(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER)))
          .isEqualTo("r1");
      assertThat(trailers.get(Metadata.Key.of("more-bin", Metadata.BINARY_BYTE_MARSHALLER)))
          .containsExactly(1, 2);
      assertThat(
              StatusProto.fromThrowable(e).getDetails(0).unpack(ErrorInfo.class).getReason())
          .isEqualTo("BUSY");
    });
    assertThat(emulator.jobs()).isEmpty();
  }

  @Test
  void whatAFaultCanNotDoIsToldWithItsField() {
    var get = AddFaultRequest.newBuilder().setMethod("Get");
    var status = com.google.rpc.Status.newBuilder().setCode(14).build();
    assertThatThrownBy(() -> control.addFault(
            get.clone().setDelayBy(minutes(1)).putTrailers("a", "b").build()))
        .hasMessageContaining("INVALID_ARGUMENT: trailers: go with a status");
    assertThatThrownBy(() -> control.addFault(
            get.clone().setFailWith(status).putTrailers("a b", "c").build()))
        .hasMessageContaining("INVALID_ARGUMENT: trailers[\"a b\"]: cannot be sent");
    assertThatThrownBy(() -> control.addFault(
            get.clone().setFailWith(status).putTrailers("a", "д").build()))
        .hasMessageContaining("INVALID_ARGUMENT: trailers[\"a\"]: cannot be sent");
    assertThatThrownBy(() -> control.addFault(
            get.clone().setFailWith(status).putWhenRequestHas("jobid", "x").build()))
        .hasMessageContaining("INVALID_ARGUMENT: no request of 'Get' has a field 'jobid'");
    assertThatThrownBy(() -> control.addFault(get.clone().setCutAt(1).build()))
        .hasMessageContaining(
            "INVALID_ARGUMENT: a cut after 1 bytes happens to an upload or download");
    assertThat(emulator.faults().ordered()).isEmpty();
  }

  @Test
  void faultsOfEachKindAreUnderstood() {
    var faults = new ArrayList<AddFaultRequest>();
    var get = AddFaultRequest.newBuilder().setMethod("Get");
    var status = com.google.rpc.Status.newBuilder().setCode(14).build();
    faults.add(get.clone().setNext(3).setFailAfterEffectWith(status).build());
    faults.add(get.clone().setAlways(true).setDelayBy(minutes(1)).build());
    faults.add(get.clone()
        .setMethod("ReadLogs")
        .setBreakLog(AddFaultRequest.LogBreak.newBuilder().setOffset(1).setStatus(status))
        .build());
    faults.add(get.clone()
        .setMethod("PUT")
        .setRespondWith(AddFaultRequest.HttpAnswer.newBuilder().setStatus(503).setText("no"))
        .build());
    faults.add(get.clone()
        .setMethod("GET")
        .setCutAt(10)
        .addWhileJobIs(JobStatus.SUCCESS)
        .build());
    faults.forEach(control::addFault);
    assertThat(emulator.faults().pending()).hasSize(faults.size());
    assertThatThrownBy(() -> control.addFault(get.clone().build()))
        .hasMessageContaining("INVALID_ARGUMENT: action: must be set");
    assertThatThrownBy(() -> control.addFault(get.clone()
            .setFailWith(com.google.rpc.Status.newBuilder().setCode(99))
            .build()))
        .hasMessageContaining("fail_with.code: 99 is no code");
    assertThat(emulator.faults().ordered()).hasSize(faults.size());
  }

  private static Duration minutes(int minutes) {
    return Duration.newBuilder().setSeconds(60L * minutes).build();
  }
}
