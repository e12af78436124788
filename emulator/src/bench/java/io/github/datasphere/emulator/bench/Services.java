package io.github.datasphere.emulator.bench;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;

/** The emulator and what it is compared with, and the few calls that are measured. */
final class Services {
  private Services() {}

  /** A server on free ports whose jobs are processes. */
  static Emulator server() {
    var config = EmulatorConfig.onFreePorts();
    return Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)));
  }

  static ProjectJobServiceBlockingStub stub(Channel channel) {
    return ProjectJobServiceGrpc.newBlockingStub(channel).withInterceptors(authorized());
  }

  static String create(ProjectJobServiceBlockingStub jobs, String cmd) throws IOException {
    var request = CreateProjectJobRequest.newBuilder()
        .setProjectId("bt1bench")
        .setJobParameters(JobParameters.newBuilder()
            .setCmd(cmd)
            .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")))
        .build();
    return jobs.create(request)
        .getResponse()
        .unpack(CreateProjectJobResponse.class)
        .getJobId();
  }

  static void execute(ProjectJobServiceBlockingStub jobs, String id) {
    jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build());
  }

  static GetProjectJobRequest get(String id) {
    return GetProjectJobRequest.newBuilder().setJobId(id).build();
  }

  private static ClientInterceptor authorized() {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer t");
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  /** Answers every Get with the same job. */
  static final class NoOp extends ProjectJobServiceGrpc.ProjectJobServiceImplBase {
    private final Job job;

    NoOp(Job job) {
      this.job = job;
    }

    @Override
    public void get(GetProjectJobRequest request, StreamObserver<Job> reply) {
      reply.onNext(job);
      reply.onCompleted();
    }
  }
}
