package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Health, reflection and calls that nobody has, over TCP: the client's mistakes are told to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsideServicesTest {
  private static final byte[] NO_MESSAGE = {7};
  private static final String LONG = "x".repeat(20_000);

  private Emulator emulator;
  private ManagedChannel channel;

  @BeforeAll
  void start() {
    var config = EmulatorConfig.onFreePorts();
    emulator = Emulator.start(config.with(config.jobs().with(RunnerKind.SCRIPTED)));
    channel = Grpc.newChannelBuilder(
            emulator.addresses().grpc(), InsecureChannelCredentials.create())
        .build();
  }

  @AfterAll
  void stop() {
    channel.shutdownNow();
    emulator.close();
  }

  @Test
  void healthRefusesWhatIsNoMessage() {
    assertThat(refusal(channel, HealthGrpc.getCheckMethod(), NO_MESSAGE).getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void aServiceWithALongNameIsNotFound() {
    var request = HealthCheckRequest.newBuilder().setService(LONG).build().toByteArray();

    assertThat(refusal(channel, HealthGrpc.getCheckMethod(), request).getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void healthIsStillGood() {
    assertThat(HealthGrpc.newBlockingStub(channel)
            .check(HealthCheckRequest.getDefaultInstance())
            .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void reflectionRefusesWhatIsNoMessage() {
    assertThat(streamEnd(ServerReflectionGrpc.getServerReflectionInfoMethod(), NO_MESSAGE)
            .getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void reflectionThatIsAskedNothingEndsWell() {
    assertThat(streamEnd(ServerReflectionGrpc.getServerReflectionInfoMethod()).getCode())
        .isEqualTo(Status.Code.OK);
  }

  @Test
  void aCallThatNobodyHasIsUnimplementedHoweverLongItsName() {
    for (var name :
        new String[] {"a.B/C", LONG + "/C", "a.B/" + LONG, HealthGrpc.SERVICE_NAME + "/X"}) {
      var method = MethodDescriptor.newBuilder(Raw.INSTANCE, Raw.INSTANCE)
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName(name)
          .build();

      assertThat(refusal(channel, method, NO_MESSAGE).getCode())
          .isEqualTo(Status.Code.UNIMPLEMENTED);
      assertThat(refusal(channel, method, NO_MESSAGE).getDescription())
          .startsWith("The emulator has no ")
          .hasSizeLessThan(400);
    }
  }

  private static Status refusal(Channel channel, MethodDescriptor<?, ?> method, byte[] request) {
    return catchThrowableOfType(
            StatusRuntimeException.class,
            () -> ClientCalls.blockingUnaryCall(channel, raw(method), CallOptions.DEFAULT, request))
        .getStatus();
  }

  private Status streamEnd(MethodDescriptor<?, ?> method, byte[]... requests) {
    var end = new CompletableFuture<Status>();
    var out = ClientCalls.asyncBidiStreamingCall(
        channel.newCall(raw(method), CallOptions.DEFAULT), new StreamObserver<byte[]>() {
          @Override
          public void onNext(byte[] value) {}

          @Override
          public void onError(Throwable t) {
            end.complete(Status.fromThrowable(t));
          }

          @Override
          public void onCompleted() {
            end.complete(Status.OK);
          }
        });
    for (var request : requests) {
      out.onNext(request);
    }
    out.onCompleted();
    return end.join();
  }

  private static MethodDescriptor<byte[], byte[]> raw(MethodDescriptor<?, ?> method) {
    return method.toBuilder(Raw.INSTANCE, Raw.INSTANCE).build();
  }

  private enum Raw implements Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
