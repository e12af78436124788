package io.github.datasphere.emulator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.fuzz.HostileMessages;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.proto.datasphere.ProjectServiceGrpc;
import io.github.datasphere.proto.endpoint.ApiEndpointServiceGrpc;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent, a client is told what it did wrong, and nothing breaks. */
class HostileRequestTest {
  private static final int REQUESTS = 400;

  private static final Set<Status.Code> DOCUMENTED = EnumSet.of(
      Status.Code.OK,
      Status.Code.INVALID_ARGUMENT,
      Status.Code.NOT_FOUND,
      Status.Code.FAILED_PRECONDITION,
      Status.Code.UNAUTHENTICATED,
      Status.Code.UNIMPLEMENTED);

  static Stream<MethodDescriptor<?, ?>> calls() {
    return Stream.of(
            ProjectJobServiceGrpc.getServiceDescriptor(),
            OperationServiceGrpc.getServiceDescriptor(),
            ProjectServiceGrpc.getServiceDescriptor(),
            IamTokenServiceGrpc.getServiceDescriptor(),
            ApiEndpointServiceGrpc.getServiceDescriptor())
        .flatMap(service -> service.getMethods().stream());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void whateverIsSentTheAnswerIsDocumented(MethodDescriptor<?, ?> method, @TempDir Path folder)
      throws Exception {
    try (var world = new GrpcWorld(folder)) {
      var messages = new HostileMessages(method.getFullMethodName().hashCode(), ids(world));
      var prototype =
          (Message) ((PrototypeMarshaller<?>) method.getRequestMarshaller()).getMessagePrototype();
      for (int i = 0; i < REQUESTS; i++) {
        var request = messages.of(prototype);
        var status = call(world, method, request);

        assertThat(DOCUMENTED).as("%s for %s", status, request).contains(status.getCode());
      }
    }
  }

  /** Ids of a project, a job that has ended, and the operation that ran it. */
  private static List<String> ids(GrpcWorld world) {
    var id = world.createJob();
    var operation = world.engine.execute(id).operation().id();
    world.runner().started(id);
    world.runner().exited(id, 0);
    world.runner().collected(id, Collected.NOTHING);
    return List.of("bt1project", id.value(), operation.value());
  }

  /** Everything happens on this thread; a stream that stays open has been answered well. */
  @SuppressWarnings("unchecked")
  private static <Q, R> Status call(
      GrpcWorld world, MethodDescriptor<Q, R> method, Message request) {
    var end = new AtomicReference<>(Status.OK);
    var call = world.stubs().channel().newCall(method, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<R>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.set(status);
          }
        },
        new Metadata());
    call.request(1_000);
    call.sendMessage((Q) request);
    call.halfClose();
    return end.get();
  }
}
