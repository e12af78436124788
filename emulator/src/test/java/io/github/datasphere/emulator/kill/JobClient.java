package io.github.datasphere.emulator.kill;

import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.datasphere.proto.emulator.AddFaultRequest;
import io.github.datasphere.proto.emulator.ControlServiceGrpc;
import io.github.datasphere.proto.emulator.ControlServiceGrpc.ControlServiceBlockingStub;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobRequest;
import io.github.datasphere.proto.jobs.DockerImageSpec;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.Environment;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.StandardStream;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.github.datasphere.proto.operation.OperationServiceGrpc.OperationServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** The calls that the harness makes. */
final class JobClient implements AutoCloseable {
  static final String PROJECT = "bt1killed";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ManagedChannel channel;
  private final ProjectJobServiceBlockingStub jobs;
  private final OperationServiceBlockingStub operations;
  private final ControlServiceBlockingStub control;

  JobClient(String address) {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer t");
    this.channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
        .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
        .build();
    this.jobs = ProjectJobServiceGrpc.newBlockingStub(channel);
    this.operations = OperationServiceGrpc.newBlockingStub(channel);
    this.control = ControlServiceGrpc.newBlockingStub(channel);
  }

  Operation create(String cmd, byte[] input) {
    return create(parameters(cmd, input));
  }

  /** Of a job that sees its project's disk. */
  Operation createWithDisk(String cmd, byte[] input) {
    return create(parameters(cmd, input).setAttachProjectDisk(true));
  }

  /** Of a job whose image lies behind a password. */
  Operation createWithPassword(String cmd, byte[] input) {
    var image = DockerImageSpec.newBuilder()
        .setImageUrl("registry.example/image")
        .setUsername("user")
        .setPasswordPlainText("password");
    return create(
        parameters(cmd, input).setEnv(Environment.newBuilder().setDockerImageSpec(image)));
  }

  /** Of a job that gets its input unpacked. */
  Operation createWithArchive(String cmd, byte[] zip) {
    var parameters = parameters(cmd, zip);
    parameters.getInputFilesBuilder(0).setCompressionType(FileCompressionType.ZIP);
    return create(parameters);
  }

  private static JobParameters.Builder parameters(String cmd, byte[] input) {
    var file = File.newBuilder()
        .setDesc(FileDesc.newBuilder().setPath("in.bin"))
        .setSha256(sha256(input))
        .setSizeBytes(input.length);
    return JobParameters.newBuilder()
        .setCmd(cmd)
        .addInputFiles(file)
        .addOutputFiles(FileDesc.newBuilder().setPath("out.bin"))
        .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4"));
  }

  private Operation create(JobParameters.Builder parameters) {
    return jobs.create(CreateProjectJobRequest.newBuilder()
        .setProjectId(PROJECT)
        .setName("killed")
        .setJobParameters(parameters)
        .build());
  }

  static CreateProjectJobResponse created(Operation operation)
      throws InvalidProtocolBufferException {
    return operation.getResponse().unpack(CreateProjectJobResponse.class);
  }

  /** Gives the status; throws what the server says if it is another than 200. */
  int put(String url, byte[] content) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url))
        .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
        .build();
    var response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("PUT was answered " + response.statusCode() + ": " + response.body());
    }
    return response.statusCode();
  }

  Operation execute(String job) {
    return jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(job).build());
  }

  Empty cancel(String job) {
    return jobs.cancel(CancelProjectJobRequest.newBuilder().setJobId(job).build());
  }

  Operation delete(String job) {
    return jobs.delete(DeleteProjectJobRequest.newBuilder().setJobId(job).build());
  }

  Operation deleteData(String job) {
    return jobs.deleteData(
        DeleteProjectJobDataRequest.newBuilder().setJobId(job).build());
  }

  Job get(String job) {
    return jobs.get(GetProjectJobRequest.newBuilder().setJobId(job).build());
  }

  void order(AddFaultRequest fault) {
    control.addFault(fault);
  }

  Operation operation(String id) {
    return operations.get(GetOperationRequest.newBuilder().setOperationId(id).build());
  }

  /** Reads until the log ends or the server does; what came is noted as it comes. */
  String stdout(String job, Consumer<String> progress) {
    var bytes = new ByteArrayOutputStream();
    jobs.readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(job).build())
        .forEachRemaining(message -> {
          for (var log : message.getLogsList()) {
            if (log.getStandardStream() == StandardStream.OUT) {
              bytes.writeBytes(log.getContent().toByteArray());
            }
          }
          progress.accept(bytes.toString(StandardCharsets.UTF_8));
        });
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Gives the first output of a job. */
  byte[] download(Job job) throws IOException, InterruptedException {
    return download(job, job.getOutputFiles(0));
  }

  /** Gives a file of a job. */
  byte[] download(Job job, File file) throws IOException, InterruptedException {
    var files = jobs.downloadJobFiles(DownloadProjectJobFilesRequest.newBuilder()
            .setJobId(job.getId())
            .addFiles(file)
            .build())
        .getDownloadFilesList();
    var request = HttpRequest.newBuilder(URI.create(files.get(0).getUrl())).build();
    var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException("GET was answered " + response.statusCode() + ": "
          + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static List<String> needed(CreateProjectJobResponse created) {
    return created.getUploadFilesList().stream().map(file -> file.getUrl()).toList();
  }
}
