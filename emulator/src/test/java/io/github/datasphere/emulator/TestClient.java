package io.github.datasphere.emulator;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;

/** The few calls that most tests of the public handle make. */
public final class TestClient implements AutoCloseable {
  private final ManagedChannel channel;
  final ProjectJobServiceBlockingStub jobs;

  public TestClient(ManagedChannel channel) {
    this.channel = channel;
    this.jobs = ProjectJobServiceGrpc.newBlockingStub(channel).withInterceptors(authorized());
  }

  String create(String name) {
    return create(JobParameters.newBuilder().setCmd("python train.py"), name);
  }

  public String create(JobParameters.Builder parameters, String name) {
    return created(parameters, name).getJobId();
  }

  public void cancel(String id) {
    var ignored = jobs.cancel(CancelProjectJobRequest.newBuilder().setJobId(id).build());
  }

  /** Where the only input of a new job, the letter a, is to be put. */
  public String uploadUrl() {
    var input = File.newBuilder()
        .setDesc(FileDesc.newBuilder().setPath("in.txt"))
        .setSha256("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb")
        .setSizeBytes(1)
        .setCompressionType(FileCompressionType.NONE);
    return created(JobParameters.newBuilder().setCmd("true").addInputFiles(input), "input")
        .getUploadFiles(0)
        .getUrl();
  }

  private CreateProjectJobResponse created(JobParameters.Builder parameters, String name) {
    try {
      return jobs.create(creation(parameters, name))
          .getResponse()
          .unpack(CreateProjectJobResponse.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  static CreateProjectJobRequest creation(JobParameters.Builder parameters, String name) {
    return CreateProjectJobRequest.newBuilder()
        .setProjectId("bt1project")
        .setName(name)
        .setJobParameters(
            parameters.addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")))
        .build();
  }

  /** Creates and executes a job. */
  String execute(String name) {
    var id = create(name);
    executeCreated(id);
    return id;
  }

  /** The very first answer, if this is the job's first Execute: not done. */
  public Operation executeCreated(String id) {
    return jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build());
  }

  /** Executes a job and asks for its operation, as clients do. */
  Operation executed(String id) {
    return operation(executeCreated(id).getId());
  }

  Operation operation(String id) {
    return OperationServiceGrpc.newBlockingStub(channel)
        .withInterceptors(authorized())
        .get(GetOperationRequest.newBuilder().setOperationId(id).build());
  }

  /** The URL of the only output of a job that does nothing but write it. */
  String outputUrl() {
    var id = create(
        JobParameters.newBuilder()
            .setCmd("true")
            .addOutputFiles(FileDesc.newBuilder().setPath("out.txt")),
        "output");
    try {
      return executed(id)
          .getResponse()
          .unpack(ExecuteProjectJobResponse.class)
          .getOutputFiles(0)
          .getUrl();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  public Job get(String id) {
    return jobs.get(GetProjectJobRequest.newBuilder().setJobId(id).build());
  }

  /** Reads a log from its beginning to its end. */
  public void readLogs(String id) {
    jobs.readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(id).build())
        .forEachRemaining(page -> {});
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
