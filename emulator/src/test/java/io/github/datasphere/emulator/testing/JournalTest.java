package io.github.datasphere.emulator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.proto.operation.GetOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.github.datasphere.proto.operation.OperationServiceGrpc.OperationServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final Journal journal = new Journal(Clock.systemUTC(), 40_000);
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void serve() throws IOException {
    var name = UUID.randomUUID().toString();
    server = InProcessServerBuilder.forName(name)
        .directExecutor()
        .addService(new Operations())
        .intercept(new Recorder())
        .build()
        .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void oldestCallsAreDroppedOnceAllTakeMuch() {
    OperationServiceBlockingStub operations = OperationServiceGrpc.newBlockingStub(channel);
    for (int i = 1; i <= 100; i++) {
      var ignored = operations.get(
          GetOperationRequest.newBuilder().setOperationId("x".repeat(500)).build());
    }
    assertThat(journal.exchanges()).hasSizeBetween(5, 10);
    assertThat(journal.exchanges()).last().satisfies(call -> {
      assertThat(call.number()).isEqualTo(100);
      assertThat(call.succeeded()).isTrue();
    });
    assertThat(journal.after(98, 10)).extracting(RecordedCall::number).containsExactly(99L, 100L);
    assertThat(journal.after(0, 2)).hasSize(2);
  }

  private static final class Operations extends OperationServiceGrpc.OperationServiceImplBase {
    @Override
    public void get(GetOperationRequest request, StreamObserver<Operation> reply) {
      reply.onNext(Operation.newBuilder().setId(request.getOperationId()).build());
      reply.onCompleted();
    }
  }

  private final class Recorder implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      return journal.record(
          call, headers, true, (recorded, h, faults) -> next.startCall(recorded, h));
    }
  }
}
