package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The figures that docs/testing.md gives in "What differs from the service". */
class WhatDiffersTest {
  @RegisterExtension
  static final DataSphereEmulatorExtension OVER_TCP =
      DataSphereEmulatorExtension.builder().transport(Transport.TCP).build();

  @Test
  void detailsOfFiveKilobytesReachAClientOverTcp(
      Emulator emulator, ProjectJobServiceBlockingStub jobs) {
    emulator.faults().on("Get").failWith(failure(5_000));

    assertThatThrownBy(() -> jobs.get(GetProjectJobRequest.getDefaultInstance()))
        .satisfies(e -> assertThat(StatusProto.fromThrowable(e)).isEqualTo(details(5_000)));
  }

  /** Else a fault would break the connection of a client, and other calls with it. */
  @Test
  void largerOnesAreRefusedWithTheirSize(Emulator emulator) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> emulator.faults().on("Get").failWith(failure(5_500)))
        .withMessageContaining("7431 bytes");
  }

  private static StatusRuntimeException failure(int bytes) {
    return StatusProto.toStatusRuntimeException(details(bytes));
  }

  private static Status details(int bytes) {
    return Status.newBuilder()
        .setCode(Code.ABORTED_VALUE)
        .addDetails(Any.newBuilder()
            .setTypeUrl("type.googleapis.com/t")
            .setValue(ByteString.copyFrom(new byte[bytes])))
        .build();
  }
}
