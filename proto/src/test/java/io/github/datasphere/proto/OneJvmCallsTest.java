package io.github.datasphere.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.github.datasphere.proto.jobs.CreateProjectJobMetadata;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.LogMessage;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.github.datasphere.proto.jobs.StandardStream;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import yandex.cloud.api.datasphere.v2.jobs.DSPJS;
import yandex.cloud.api.datasphere.v2.jobs.Jobs;
import yandex.cloud.api.operation.OperationOuterClass;

/** Stubs and service bases of both sets call each other, in both directions. */
class OneJvmCallsTest {

  @Test
  void theOfficialStubCallsOurService() throws IOException {
    try (var connection = new Connection(new OurService())) {
      var stub = yandex.cloud.api.datasphere.v2.jobs.ProjectJobServiceGrpc.newBlockingStub(
          connection.channel);
      var request = DSPJS.CreateProjectJobRequest.newBuilder()
          .setProjectId("p")
          .setJobParameters(Jobs.JobParameters.newBuilder().setCmd("true"))
          .build();

      var operation = stub.create(request);

      assertThat(operation.getDescription()).isEqualTo("true");
      assertThat(operation
              .getMetadata()
              .unpack(DSPJS.CreateProjectJobMetadata.class)
              .getProjectId())
          .isEqualTo("p");
    }
  }

  @Test
  void theOfficialStubReadsAStreamOfOurs() throws IOException {
    try (var connection = new Connection(new OurService())) {
      var stub = yandex.cloud.api.datasphere.v2.jobs.ProjectJobServiceGrpc.newBlockingStub(
          connection.channel);
      var lines = new ArrayList<String>();

      stub.readLogs(DSPJS.ReadProjectJobLogsRequest.newBuilder().setOffset(3).build())
          .forEachRemaining(response -> lines.add(response.getOffset() + " "
              + response.getLogs(0).getStandardStream() + " "
              + response.getLogs(0).getContent().toStringUtf8()));

      assertThat(lines).containsExactly("3 OUT a", "4 OUT b");
    }
  }

  @Test
  void ourStubCallsAnOfficialService() throws IOException {
    try (var connection = new Connection(new TheirService())) {
      var stub = ProjectJobServiceGrpc.newBlockingStub(connection.channel);

      var operation = stub.create(CreateProjectJobRequest.newBuilder()
          .setJobParameters(JobParameters.newBuilder().setCmd("false"))
          .build());

      assertThat(operation.getDescription()).isEqualTo("false");
      assertThat(operation.getMetadata().unpack(CreateProjectJobMetadata.class).getJobId())
          .isEqualTo("theirs");
    }
  }

  private static final class OurService extends ProjectJobServiceGrpc.ProjectJobServiceImplBase {
    @Override
    public void create(CreateProjectJobRequest request, StreamObserver<Operation> reply) {
      var metadata = CreateProjectJobMetadata.newBuilder()
          .setProjectId(request.getProjectId())
          .build();
      reply.onNext(Operation.newBuilder()
          .setDescription(request.getJobParameters().getCmd())
          .setMetadata(Any.pack(metadata))
          .build());
      reply.onCompleted();
    }

    @Override
    public void readLogs(
        ReadProjectJobLogsRequest request, StreamObserver<ReadProjectJobLogsResponse> reply) {
      reply.onNext(line(request.getOffset(), "a"));
      reply.onNext(line(request.getOffset() + 1, "b"));
      reply.onCompleted();
    }

    private static ReadProjectJobLogsResponse line(long offset, String text) {
      return ReadProjectJobLogsResponse.newBuilder()
          .setOffset(offset)
          .addLogs(LogMessage.newBuilder()
              .setStandardStream(StandardStream.OUT)
              .setContent(ByteString.copyFromUtf8(text)))
          .build();
    }
  }

  private static final class TheirService
      extends yandex.cloud.api.datasphere.v2.jobs.ProjectJobServiceGrpc.ProjectJobServiceImplBase {
    @Override
    public void create(
        DSPJS.CreateProjectJobRequest request,
        StreamObserver<OperationOuterClass.Operation> reply) {
      var metadata =
          DSPJS.CreateProjectJobMetadata.newBuilder().setJobId("theirs").build();
      reply.onNext(OperationOuterClass.Operation.newBuilder()
          .setDescription(request.getJobParameters().getCmd())
          .setMetadata(Any.pack(metadata))
          .build());
      reply.onCompleted();
    }
  }

  private static final class Connection implements AutoCloseable {
    private final Server server;
    private final ManagedChannel channel;

    Connection(BindableService service) throws IOException {
      var name = InProcessServerBuilder.generateName();
      server = InProcessServerBuilder.forName(name)
          .directExecutor()
          .addService(service)
          .build()
          .start();
      channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    @Override
    public void close() {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }
}
