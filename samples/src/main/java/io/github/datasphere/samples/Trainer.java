package io.github.datasphere.samples;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceGrpc.OperationServiceBlockingStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Trains a model as a DataSphere job: submits, follows the log, polls until it's done, downloads
 * the model.
 */
public final class Trainer {
  private static final int ATTEMPTS = 3;
  private static final Duration POLL = Duration.ofMinutes(1);

  private final ProjectJobServiceBlockingStub jobs;
  private final OperationServiceBlockingStub operations;
  private final Consumer<Duration> pause;
  private final Consumer<String> printed;

  /**
   * A trainer that uses these stubs.
   *
   * @param pause waits: sleeps in production, moves the emulator's clock in a test
   * @param printed takes what the job prints, as it comes
   */
  public Trainer(
      ProjectJobServiceBlockingStub jobs,
      OperationServiceBlockingStub operations,
      Consumer<Duration> pause,
      Consumer<String> printed) {
    this.jobs = jobs;
    this.operations = operations;
    this.pause = pause;
    this.printed = printed;
  }

  /**
   * The trained model.
   *
   * @param limit after which the job is cancelled
   * @throws IllegalStateException if the job fails or takes too long
   */
  public byte[] train(String project, Duration limit) throws IOException {
    var job = retrying(() -> jobs.create(request(project)))
        .getResponse()
        .unpack(CreateProjectJobResponse.class)
        .getJobId();
    var started = retrying(
        () -> jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(job).build()));
    new LogFollower(ProjectJobServiceGrpc.newStub(jobs.getChannel()), job, printed).follow();
    var done = await(started, job, limit);
    return model(done);
  }

  private Operation await(Operation started, String job, Duration limit) {
    var operation = started;
    var waited = Duration.ZERO;
    while (!operation.getDone()) {
      if (waited.compareTo(limit) >= 0) {
        jobs.cancel(CancelProjectJobRequest.newBuilder().setJobId(job).build());
        throw new IllegalStateException("training took longer than " + limit);
      }
      pause.accept(POLL);
      waited = waited.plus(POLL);
      operation = retrying(() -> operations.get(
          GetOperationRequest.newBuilder().setOperationId(started.getId()).build()));
    }
    return operation;
  }

  private static byte[] model(Operation done) throws IOException {
    if (done.hasError()) {
      throw new IllegalStateException("training failed: " + done.getError().getMessage());
    }
    try {
      var response = done.getResponse().unpack(ExecuteProjectJobResponse.class);
      if (response.getResult().getReturnCode() != 0) {
        throw new IllegalStateException(
            "training exited with " + response.getResult().getReturnCode());
      }
      try (var content = URI.create(response.getOutputFiles(0).getUrl()).toURL().openStream()) {
        return content.readAllBytes();
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the service answered with something else", e);
    }
  }

  private <T> T retrying(Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (StatusRuntimeException e) {
        if (attempt == ATTEMPTS || e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
          throw e;
        }
        pause.accept(Duration.ofSeconds(attempt));
      }
    }
  }

  private static CreateProjectJobRequest request(String project) {
    return CreateProjectJobRequest.newBuilder()
        .setProjectId(project)
        .setName("train")
        .setJobParameters(JobParameters.newBuilder()
            .setCmd("python train.py")
            .addOutputFiles(FileDesc.newBuilder().setPath("model.bin"))
            .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")))
        .build();
  }
}
