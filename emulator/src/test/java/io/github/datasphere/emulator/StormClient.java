package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** A client that asks again when it is told to, and takes note of nothing less. */
final class StormClient implements AutoCloseable {
  /** What a client is told when the storage is away, refuses or is full. */
  private static final Set<Status.Code> STORAGE = Set.of(
      Status.Code.UNAVAILABLE, Status.Code.FAILED_PRECONDITION, Status.Code.RESOURCE_EXHAUSTED);

  private static final String COPY = "cat in.bin > out.bin";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final TestClient client;
  private final HttpClient http = HttpClient.newHttpClient();

  StormClient(ManagedChannel channel) {
    this.client = new TestClient(channel);
  }

  /** Creates, uploads and executes a job that gives back what it gets. */
  String run(byte[] content) {
    return run(content, COPY);
  }

  /** The same with a command of its own, which makes {@code out.bin} of {@code in.bin}. */
  String run(byte[] content, String command) {
    var created = persistently(() -> create(content, command));
    for (var upload : created.getUploadFilesList()) {
      await().atMost(PATIENCE).until(() -> put(upload.getUrl(), content));
    }
    persistently(() -> client.executeCreated(created.getJobId()));
    return created.getJobId();
  }

  void execute(String job) {
    client.executeCreated(job);
  }

  ProjectJobServiceBlockingStub jobs() {
    return client.jobs;
  }

  JobStatus endOf(String job) {
    return endOf(job, PATIENCE);
  }

  JobStatus endOf(String job, Duration patience) {
    await().atMost(patience).until(() -> client.get(job).hasFinishedAt());
    var operation = client.executeCreated(job);
    assertThat(operation.getDone()).isTrue();
    return client.get(job).getStatus();
  }

  /** What the URL gives; a connection that broke off is tried again, as clients do. */
  byte[] output(String job) {
    var request = HttpRequest.newBuilder(outputUrl(job)).build();
    return await()
        .atMost(PATIENCE)
        .until(() -> get(request), Optional::isPresent)
        .orElseThrow();
  }

  URI outputUrl(String job) {
    return URI.create(result(job).orElseThrow().getOutputFiles(0).getUrl());
  }

  private Optional<byte[]> get(HttpRequest request) throws InterruptedException {
    try {
      var answer = http.send(request, BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      return Optional.of(answer.body());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Why it is no success. */
  List<String> reasons(String job) {
    var reasons = new ArrayList<String>();
    var operation = client.executeCreated(job);
    if (operation.hasError()) {
      reasons.add(operation.getError().getMessage());
    }
    result(job)
        .ifPresent(response -> response
            .getOutputFilesErrorsList()
            .forEach(error -> reasons.add(error.getDescription())));
    return reasons;
  }

  private Optional<ExecuteProjectJobResponse> result(String job) {
    var operation = client.executeCreated(job);
    try {
      return operation.hasResponse()
          ? Optional.of(operation.getResponse().unpack(ExecuteProjectJobResponse.class))
          : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  void awaitExecuting(String job) {
    await().atMost(PATIENCE).until(() -> client.get(job).getStatus() == JobStatus.EXECUTING);
  }

  CreateProjectJobResponse create(byte[] content, String command)
      throws InvalidProtocolBufferException {
    return create(Contents.sha256(content), content.length, command);
  }

  CreateProjectJobResponse create(String sha256, long size, String command)
      throws InvalidProtocolBufferException {
    var request = CreateProjectJobRequest.newBuilder()
        .setProjectId("bt1project")
        .setName("storm")
        .setJobParameters(JobParameters.newBuilder()
            .setCmd(command)
            .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4"))
            .addInputFiles(File.newBuilder()
                .setDesc(FileDesc.newBuilder().setPath("in.bin"))
                .setSha256(sha256)
                .setSizeBytes(size))
            .addOutputFiles(FileDesc.newBuilder().setPath("out.bin")));
    return client.jobs.create(request.build()).getResponse().unpack(CreateProjectJobResponse.class);
  }

  boolean put(String url, byte[] content) throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url))
        .PUT(BodyPublishers.ofByteArray(content))
        .timeout(Duration.ofSeconds(20))
        .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static <T> T persistently(Callable<T> call) {
    return await()
        .atMost(PATIENCE)
        .until(() -> attempt(call), Optional::isPresent)
        .orElseThrow();
  }

  private static <T> Optional<T> attempt(Callable<T> call) throws Exception {
    try {
      return Optional.of(call.call());
    } catch (StatusRuntimeException e) {
      assertThat(STORAGE).as(e.getMessage()).contains(e.getStatus().getCode());
      assertThat(e).hasMessageContaining("storage").hasMessageNotContaining("upload these files");
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
