package io.github.datasphere.emulator.grpc.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that have nothing to do with jobs say so. */
class UnsupportedTest extends BehaviourTest {
  static Stream<MethodDescriptor<?, ?>> unsupported() {
    return Behaviours.SERVICES.stream()
        .flatMap(service -> service.getMethods().stream())
        .filter(method -> Behaviours.UNSUPPORTED.contains(Behaviours.rpc(method)));
  }

  @ParameterizedTest
  @MethodSource("unsupported")
  void isUnimplementedWithASentence(MethodDescriptor<?, ?> method) {
    var status = refusal(() -> call(method));

    assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(status.getDescription())
        .startsWith("The emulator has no " + method.getFullMethodName() + ": ");
  }

  private <Q, R> void call(MethodDescriptor<Q, R> method) {
    var empty = method.parseRequest(java.io.InputStream.nullInputStream());
    ClientCalls.blockingUnaryCall(stubs.channel(), method, CallOptions.DEFAULT, empty);
  }
}
