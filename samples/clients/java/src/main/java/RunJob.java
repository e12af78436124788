import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import yandex.cloud.api.datasphere.v2.jobs.DSPJS.CreateProjectJobRequest;
import yandex.cloud.api.datasphere.v2.jobs.DSPJS.CreateProjectJobResponse;
import yandex.cloud.api.datasphere.v2.jobs.DSPJS.ExecuteProjectJobRequest;
import yandex.cloud.api.datasphere.v2.jobs.DSPJS.ExecuteProjectJobResponse;
import yandex.cloud.api.datasphere.v2.jobs.DSPJS.LogMessage;
import yandex.cloud.api.datasphere.v2.jobs.DSPJS.ReadProjectJobLogsRequest;
import yandex.cloud.api.datasphere.v2.jobs.DSPJS.StandardStream;
import yandex.cloud.api.datasphere.v2.jobs.Jobs.CloudInstanceType;
import yandex.cloud.api.datasphere.v2.jobs.Jobs.File;
import yandex.cloud.api.datasphere.v2.jobs.Jobs.FileCompressionType;
import yandex.cloud.api.datasphere.v2.jobs.Jobs.FileDesc;
import yandex.cloud.api.datasphere.v2.jobs.Jobs.JobParameters;
import yandex.cloud.api.datasphere.v2.jobs.ProjectJobServiceGrpc;
import yandex.cloud.api.datasphere.v2.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import yandex.cloud.api.operation.OperationServiceGrpc;
import yandex.cloud.api.operation.OperationServiceGrpc.OperationServiceBlockingStub;
import yandex.cloud.sdk.ServiceFactory;
import yandex.cloud.sdk.auth.Auth;
import yandex.cloud.sdk.utils.OperationUtils;

/**
 * Submits a DataSphere job with the Java SDK: uploads TEXT, follows the log, downloads RESULT.
 *
 * <pre>java -cp ... RunJob PROJECT TEXT RESULT</pre>
 *
 * <p>Two ways lead it to the emulator, and docs/sdks.md shows both: JVM flags, of which the program
 * knows nothing, or {@code EMULATOR=host:port}, for which it opens a plaintext channel of its own.
 */
public final class RunJob {
  private static final Duration LIMIT = Duration.ofHours(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ProjectJobServiceBlockingStub jobs;
  private final OperationServiceBlockingStub operations;

  private RunJob(ProjectJobServiceBlockingStub jobs, OperationServiceBlockingStub operations) {
    this.jobs = jobs;
    this.operations = operations;
  }

  public static void main(String[] args) throws Exception {
    var factory = ServiceFactory.builder()
        .credentialProvider(Auth.iamTokenBuilder().token(System.getenv("YC_IAM_TOKEN")))
        .requestTimeout(LIMIT)
        .build();
    var emulator = System.getenv("EMULATOR");
    var program = emulator == null
        ? new RunJob(
            factory.create(
                ProjectJobServiceBlockingStub.class, ProjectJobServiceGrpc::newBlockingStub),
            factory.create(
                OperationServiceBlockingStub.class, OperationServiceGrpc::newBlockingStub))
        : through(
            factory, ManagedChannelBuilder.forTarget(emulator).usePlaintext().build());
    System.exit(program.run(args[0], Path.of(args[1]), Path.of(args[2])));
  }

  private static RunJob through(ServiceFactory factory, ManagedChannel channel) {
    return new RunJob(
        factory.create(channel, ProjectJobServiceGrpc::newBlockingStub),
        factory.create(channel, OperationServiceGrpc::newBlockingStub));
  }

  private int run(String project, Path text, Path result) throws Exception {
    var created = OperationUtils.wait(operations, jobs.create(request(project, text)), LIMIT)
        .getResponse()
        .unpack(CreateProjectJobResponse.class);
    var job = created.getJobId();
    // A file that the project has already is not asked for again.
    for (var upload : created.getUploadFilesList()) {
      var put = HttpRequest.newBuilder(URI.create(upload.getUrl()));
      send(put.PUT(BodyPublishers.ofFile(text)).build(), BodyHandlers.discarding());
    }

    var execution =
        jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(job).build());
    jobs.readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(job).build())
        .forEachRemaining(message -> message.getLogsList().forEach(RunJob::print));

    var done = OperationUtils.wait(operations, execution, LIMIT);
    if (done.hasError()) {
      throw new IllegalStateException("the job failed: " + done.getError().getMessage());
    }
    var response = done.getResponse().unpack(ExecuteProjectJobResponse.class);
    for (var output : response.getOutputFilesList()) {
      var get = HttpRequest.newBuilder(URI.create(output.getUrl()));
      send(get.build(), BodyHandlers.ofFile(result));
    }
    return (int) response.getResult().getReturnCode();
  }

  private static void print(LogMessage log) {
    var content = log.getContent().toByteArray();
    if (log.getStandardStream() == StandardStream.OUT) {
      System.out.writeBytes(content);
    } else if (log.getStandardStream() == StandardStream.ERR) {
      System.err.writeBytes(content); // neither: a line of a log file
    }
  }

  private <T> void send(HttpRequest request, BodyHandler<T> answer)
      throws IOException, InterruptedException {
    var response = http.send(request, answer);
    if (response.statusCode() / 100 != 2) {
      throw new IOException(request.uri() + " answered " + response.statusCode());
    }
  }

  private static CreateProjectJobRequest request(String project, Path text) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(text));
    var source = File.newBuilder()
        .setDesc(FileDesc.newBuilder().setPath(text.toString()).setVar("TEXT"))
        .setSha256(HexFormat.of().formatHex(digest))
        .setSizeBytes(Files.size(text))
        .setCompressionType(FileCompressionType.NONE);
    var upper = FileDesc.newBuilder().setPath("upper.txt").setVar("UPPER");
    return CreateProjectJobRequest.newBuilder()
        .setProjectId(project)
        .setName("upper")
        .setJobParameters(JobParameters.newBuilder()
            .setCmd("tr a-z A-Z < ${TEXT} | tee ${UPPER}")
            .addInputFiles(source)
            .addOutputFiles(upper)
            .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")))
        .build();
  }
}
