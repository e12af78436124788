package io.github.datasphere.junit.bench;

import com.google.protobuf.Any;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;

/** One life of each: the test double, and a service of bare gRPC that does nothing. */
final class Peers {
  private static final Duration TRAINING = Duration.ofHours(5);
  private static final Duration FORTNIGHT = Duration.ofDays(14);

  private Peers() {}

  /** A new test double answers its first call. */
  static void firstAnswerOfOurs() throws IOException {
    try (var emulator = Emulator.inProcess()) {
      var channel = emulator.channel();
      create(stub(channel));
      channel.shutdownNow();
    }
  }

  /** A new server of bare gRPC answers its first call. */
  static void firstAnswerOfGrpc() throws IOException {
    var server = InProcessServerBuilder.forName("bare")
        .directExecutor()
        .addService(new NoOp())
        .build()
        .start();
    var channel = InProcessChannelBuilder.forName("bare").directExecutor().build();
    create(stub(channel));
    channel.shutdownNow();
    server.shutdownNow();
  }

  /** A new test double, a job from create to result, and fourteen days until its data are gone. */
  static void fortnightOfOurs() throws IOException {
    try (var emulator = Emulator.inProcess()) {
      emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(TRAINING));
      var channel = emulator.channel();
      var jobs = stub(channel);
      var id = create(jobs);
      execute(jobs, id);
      emulator.clock().advance(TRAINING.plus(FORTNIGHT));
      var job = jobs.get(GetProjectJobRequest.newBuilder().setJobId(id).build());
      if (!job.getDataCleared()) {
        throw new IllegalStateException("after fourteen days the data are still there: " + job);
      }
      channel.shutdownNow();
    }
  }

  static ProjectJobServiceBlockingStub stub(Channel channel) {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer t");
    return ProjectJobServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  static String create(ProjectJobServiceBlockingStub jobs) throws IOException {
    return create(jobs, "");
  }

  static String create(ProjectJobServiceBlockingStub jobs, String name, String... outputs)
      throws IOException {
    var parameters = JobParameters.newBuilder()
        .setCmd("true")
        .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4"));
    for (var output : outputs) {
      parameters.addOutputFiles(FileDesc.newBuilder().setPath(output));
    }
    return jobs.create(CreateProjectJobRequest.newBuilder()
            .setProjectId("bt1bench")
            .setName(name)
            .setJobParameters(parameters)
            .build())
        .getResponse()
        .unpack(CreateProjectJobResponse.class)
        .getJobId();
  }

  static Operation execute(ProjectJobServiceBlockingStub jobs, String id) {
    return jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build());
  }

  /** Where the first output of a job that is done can be had. */
  static String firstUrl(Operation execution) throws IOException {
    return execution
        .getResponse()
        .unpack(ExecuteProjectJobResponse.class)
        .getOutputFiles(0)
        .getUrl();
  }

  /** Answers the same call with the same kinds of messages. */
  private static final class NoOp extends ProjectJobServiceGrpc.ProjectJobServiceImplBase {
    @Override
    public void create(CreateProjectJobRequest request, StreamObserver<Operation> reply) {
      reply.onNext(Operation.newBuilder()
          .setDone(true)
          .setResponse(
              Any.pack(CreateProjectJobResponse.newBuilder().setJobId("a").build()))
          .build());
      reply.onCompleted();
    }
  }
}
