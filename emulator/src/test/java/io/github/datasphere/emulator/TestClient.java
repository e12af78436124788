package io.github.datasphere.emulator;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;

/** The few calls that most tests of the public handle make. */
final class TestClient implements AutoCloseable {
  private final ManagedChannel channel;
  final ProjectJobServiceBlockingStub jobs;

  TestClient(ManagedChannel channel) {
    this.channel = channel;
    this.jobs = ProjectJobServiceGrpc.newBlockingStub(channel).withInterceptors(authorized());
  }

  String create(String name) {
    return create(JobParameters.newBuilder().setCmd("python train.py"), name);
  }

  String create(JobParameters.Builder parameters, String name) {
    var request = CreateProjectJobRequest.newBuilder()
        .setProjectId("bt1project")
        .setName(name)
        .setJobParameters(
            parameters.addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")));
    try {
      return jobs.create(request.build())
          .getResponse()
          .unpack(CreateProjectJobResponse.class)
          .getJobId();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** Creates and executes a job. */
  String execute(String name) {
    var id = create(name);
    executeCreated(id);
    return id;
  }

  Operation executeCreated(String id) {
    return jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build());
  }

  /** The URL of the only output of a job that does nothing but write it. */
  String outputUrl() {
    var id = create(
        JobParameters.newBuilder()
            .setCmd("true")
            .addOutputFiles(FileDesc.newBuilder().setPath("out.txt")),
        "output");
    try {
      return executeCreated(id)
          .getResponse()
          .unpack(ExecuteProjectJobResponse.class)
          .getOutputFiles(0)
          .getUrl();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  Job get(String id) {
    return jobs.get(GetProjectJobRequest.newBuilder().setJobId(id).build());
  }

  static Status.Code codeOf(Throwable failure) {
    return ((StatusRuntimeException) failure).getStatus().getCode();
  }

  static ClientInterceptor authorized() {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer t");
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
