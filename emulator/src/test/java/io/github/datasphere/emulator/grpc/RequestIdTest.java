package io.github.datasphere.emulator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.interception.RequestIdInterceptor;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every answer has an id in its initial headers, which the client prints (service-behaviour 1.11).
 */
class RequestIdTest {
  private static final Metadata.Key<String> REQUEST_ID = key("x-request-id");
  private static final Metadata.Key<String> TRACE_ID = key("x-server-trace-id");
  private static final Metadata.Key<String> CLIENT_REQUEST_ID = key("x-client-request-id");

  private static final Map<String, ?> RETRY = Map.of(
      "name", List.of(Map.of()),
      "retryPolicy",
          Map.of(
              "maxAttempts",
              5.0,
              "initialBackoff",
              "0.01s",
              "maxBackoff",
              "0.01s",
              "backoffMultiplier",
              1.0,
              "retryableStatusCodes",
              List.of("UNAVAILABLE", "CANCELLED")));

  private final AtomicReference<Metadata> headers = new AtomicReference<>();
  private final AtomicReference<Metadata> trailers = new AtomicReference<>();
  private GrpcWorld world;
  private TcpServer server;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    world = new GrpcWorld(folder);
    server = new TcpServer(world);
  }

  @AfterEach
  void stop() {
    server.close();
    world.close();
  }

  @Test
  void answerHasIds() {
    list(stubs("Bearer any"));

    assertThat(headers.get().get(REQUEST_ID)).matches("[0-9a-f-]{36}");
    assertThat(headers.get().get(TRACE_ID)).matches("[0-9a-f-]{36}");
  }

  @Test
  void errorHasIds() {
    fail(stubs("Bearer any"));

    assertThat(headers.get().get(REQUEST_ID)).isNotEmpty();
    assertThat(headers.get().get(TRACE_ID)).isNotEmpty();
  }

  @Test
  void refusalOfATokenHasIds() {
    fail(stubs("Basic no"));

    assertThat(headers.get().get(REQUEST_ID)).isNotEmpty();
  }

  @Test
  void brokenStreamHasIds() {
    try {
      stubs("Bearer any")
          .jobs()
          .readLogs(ReadProjectJobLogsRequest.getDefaultInstance())
          .hasNext();
    } catch (StatusRuntimeException e) {
      assertThat(headers.get().get(REQUEST_ID)).isNotEmpty();
      return;
    }
    throw new AssertionError("the call was answered");
  }

  @Test
  void anAnswerToBeRetriedHasNoHeadersSinceGrpcRetriesNoneThatHas() throws Exception {
    var asked = new AtomicInteger();
    var busy = new ProjectJobServiceGrpc.ProjectJobServiceImplBase() {
      @Override
      public void get(GetProjectJobRequest request, StreamObserver<Job> reply) {
        if (asked.incrementAndGet() <= 2) {
          reply.onError(Status.UNAVAILABLE.asRuntimeException());
        } else {
          reply.onNext(Job.getDefaultInstance());
          reply.onCompleted();
        }
      }
    };
    var name = UUID.randomUUID().toString();
    var marked = ServerInterceptors.intercept(busy, new RequestIdInterceptor());
    var retrying =
        InProcessServerBuilder.forName(name).addService(marked).build().start();
    var channel = InProcessChannelBuilder.forName(name)
        .enableRetry()
        .defaultServiceConfig(Map.of("methodConfig", List.of(RETRY)))
        .build();
    try {
      var job = ProjectJobServiceGrpc.newBlockingStub(channel)
          .get(GetProjectJobRequest.getDefaultInstance());
      assertThat(job).isEqualTo(Job.getDefaultInstance());
      assertThat(asked).hasValue(3);
    } finally {
      channel.shutdownNow();
      retrying.shutdownNow();
    }
  }

  @Test
  void eachCallHasAnIdOfItsOwn() {
    var ids = new HashSet<String>();
    for (int i = 0; i < 100; i++) {
      list(stubs("Bearer any"));
      ids.add(headers.get().get(REQUEST_ID));
    }

    assertThat(ids).hasSize(100);
  }

  @Test
  void idOfTheClientComesBack() {
    var sent = new Metadata();
    sent.put(CLIENT_REQUEST_ID, "mine");
    var channel = ClientInterceptors.intercept(
        server.channel(), MetadataUtils.newAttachHeadersInterceptor(sent));
    list(new Stubs(captured(channel), "Bearer any"));

    assertThat(headers.get().get(CLIENT_REQUEST_ID)).isEqualTo("mine");
  }

  @Test
  void idThatNobodySentIsNotInvented() {
    list(stubs("Bearer any"));

    assertThat(headers.get().get(CLIENT_REQUEST_ID)).isNull();
  }

  private Stubs stubs(String authorization) {
    return new Stubs(captured(server.channel()), authorization);
  }

  private Channel captured(Channel channel) {
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
  }

  private static void list(Stubs stubs) {
    var unused = stubs
        .jobs()
        .list(ListProjectJobRequest.newBuilder().setProjectId("bt1project").build());
  }

  private static void fail(Stubs stubs) {
    try {
      stubs.jobs().get(GetProjectJobRequest.newBuilder().setJobId("nope").build());
    } catch (StatusRuntimeException e) {
      return;
    }
    throw new AssertionError("the call was answered");
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
