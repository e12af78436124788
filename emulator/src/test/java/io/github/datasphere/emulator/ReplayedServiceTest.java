package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.ManagedChannel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client is answered from a recording. */
class ReplayedServiceTest {
  private static final Path SAMPLE = Path.of("../samples/recordings/word-count");
  private static final String PROJECT = "bt1another0project00";

  private ReplayedService service;
  private ManagedChannel channel;
  private ProjectJobServiceGrpc.ProjectJobServiceBlockingStub jobs;

  @BeforeEach
  void start() {
    service = ReplayedService.start(SAMPLE, 0, EmulatorConfig.onFreePorts(), false);
    channel = service.channel();
    jobs = ProjectJobServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (service != null) {
      service.close();
    }
  }

  @Test
  void aClientWithAnotherProjectGetsTheSameJob() throws Exception {
    var created = jobs.create(recordedCreate().setProjectId(PROJECT).build());
    var response = created.getResponse().unpack(CreateProjectJobResponse.class);
    for (var file : response.getUploadFilesList()) {
      assertThat(put(file.getUrl(), "other content")).isEqualTo(400);
    }
    var executed = jobs.execute(
        ExecuteProjectJobRequest.newBuilder().setJobId(response.getJobId()).build());
    var logs = new StringBuilder();
    jobs.readLogs(
            ReadProjectJobLogsRequest.newBuilder().setJobId(response.getJobId()).build())
        .forEachRemaining(page ->
            page.getLogsList().forEach(record -> logs.append(record.getContent().toStringUtf8())));
    var done = operation(executed);

    assertThat(created.getMetadata().toString()).contains(PROJECT);
    assertThat(logs).contains("counting the words of 2 lines");
    assertThat(done.getDone()).isTrue();
    assertThat(service.misses()).isEmpty();
    assertThat(service.unused()).containsExactly("call 5 ProjectService.Get was not made");
  }

  @Test
  void aTemporaryFileIsCalledAsTheClientCallsIt() throws Exception {
    var folder = SAMPLE.resolveSibling("python-requirement");
    var recorded = Recording.read(folder, new Api()).calls().get(0).request().orElseThrow();
    var request = ((CreateProjectJobRequest) recorded).toBuilder();
    request
        .getJobParametersBuilder()
        .getEnvBuilder()
        .getPythonEnvBuilder()
        .getLocalModulesBuilderList()
        .forEach(module -> module.getDescBuilder().setPath("/tmp/of-now/" + module.getSha256()));
    try (var replayed = ReplayedService.start(folder, 0, EmulatorConfig.onFreePorts(), false)) {
      var connection = replayed.channel();
      var created = ProjectJobServiceGrpc.newBlockingStub(connection).create(request.build());
      connection.shutdownNow();

      assertThat(created.getResponse().unpack(CreateProjectJobResponse.class).getUploadFilesList())
          .extracting(file -> file.getFile().getDesc().getPath())
          .filteredOn(path -> path.startsWith("/tmp"))
          .hasSize(2)
          .allMatch(path -> path.startsWith("/tmp/of-now/"));
    }
  }

  @Test
  void anOperationIsAskedForAsOftenAsOneLikes() throws Exception {
    var created = jobs.create(recordedCreate().build());
    var job = created.getResponse().unpack(CreateProjectJobResponse.class).getJobId();
    var executed =
        jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(job).build());

    assertThat(operation(executed)).isEqualTo(operation(executed)).isEqualTo(operation(executed));
  }

  @Test
  void aMissNamesTheNearestCallAndTheFirstFieldThatDiffers() {
    assertThatThrownBy(() -> jobs.create(recordedCreate().setName("another").build()))
        .hasMessageContaining("FAILED_PRECONDITION")
        .hasMessageContaining("the nearest is call 1, which differs in request.name")
        .hasMessageContaining("now \"another\"");
    assertThat(service.misses()).hasSize(1);
  }

  @Test
  void whatChangesSomethingIsNotAnsweredTwice() {
    jobs.create(recordedCreate().build());
    assertThatThrownBy(() -> jobs.create(recordedCreate().build()))
        .hasMessageContaining("was made 1 times with this request when it was recorded");
  }

  @Test
  void aCallThatWasNeverRecordedIsAMiss() {
    assertThatThrownBy(() -> jobs.cancel(
            io.github.datasphere.proto.jobs.CancelProjectJobRequest.getDefaultInstance()))
        .hasMessageContaining("it was never made when it was recorded");
  }

  @Test
  void aFileThatTheRecordingLacksIsNamed(@TempDir Path folder) throws Exception {
    Files.copy(SAMPLE.resolve("session.jsonl"), folder.resolve("session.jsonl"));
    try (var bare = ReplayedService.start(folder, 0, EmulatorConfig.onFreePorts(), false)) {
      var connection = bare.channel();
      var begun = ProjectJobServiceGrpc.newBlockingStub(connection)
          .create(recordedCreate().build())
          .getResponse()
          .unpack(CreateProjectJobResponse.class);
      var executed = ProjectJobServiceGrpc.newBlockingStub(connection)
          .execute(
              ExecuteProjectJobRequest.newBuilder().setJobId(begun.getJobId()).build());
      var result = OperationServiceGrpc.newBlockingStub(connection)
          .get(GetOperationRequest.newBuilder().setOperationId(executed.getId()).build())
          .getResponse()
          .unpack(ExecuteProjectJobResponse.class);
      connection.shutdownNow();
      var got = HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(result.getOutputFiles(0).getUrl()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(got.statusCode()).isEqualTo(404);
      assertThat(got.body())
          .startsWith("The recording does not have the content of file ")
          .contains("it was large, held a secret, or was never downloaded");
    }
  }

  @Test
  void aSpeedHasToBeANumberAboveZero() {
    assertThatThrownBy(() -> ReplayedService.start(SAMPLE, -1, EmulatorConfig.onFreePorts(), false))
        .hasMessageContaining("cannot run -1.0 times as fast");
  }

  private Operation operation(Operation begun) {
    return OperationServiceGrpc.newBlockingStub(channel)
        .get(GetOperationRequest.newBuilder().setOperationId(begun.getId()).build());
  }

  private static CreateProjectJobRequest.Builder recordedCreate() {
    var call = Recording.read(SAMPLE, new Api()).calls().get(0);
    return ((CreateProjectJobRequest) call.request().orElseThrow()).toBuilder();
  }

  private static int put(String url, String content) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url))
        .PUT(HttpRequest.BodyPublishers.ofString(content))
        .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
