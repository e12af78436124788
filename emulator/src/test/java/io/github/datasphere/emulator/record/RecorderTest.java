package io.github.datasphere.emulator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.http.HttpPorts;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionCall;
import io.github.datasphere.emulator.session.redact.Options;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls pass the recorder on their way to another emulator. */
class RecorderTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int LARGE = 32 << 20;

  private Emulator service;
  private Recorder recorder;
  private ManagedChannel channel;

  @TempDir
  Path folder;

  @BeforeEach
  void start() {
    service = Emulator.testDouble(EmulatorConfig.onFreePorts(), true, new HttpPorts(0));
  }

  @AfterEach
  void stop() throws Exception {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (recorder != null) {
      recorder.close();
    }
    if (service != null) {
      service.close();
    }
  }

  @Test
  void anErrorIsRecordedAsItCame() throws Exception {
    var jobs = record(service.addresses().tls(), Optional.of(service.addresses().certificate()));
    assertThatThrownBy(() -> jobs.get(request("bt1nothere0000000000")))
        .hasMessageContaining("NOT_FOUND");
    var call = only(finish());

    assertThat(call.ended().orElseThrow().code()).isEqualTo("NOT_FOUND");
    assertThat(call.ended().orElseThrow().by()).isEqualTo("service");
    assertThat(call.started().host()).isEqualTo("datasphere.api.cloud.yandex.net");
  }

  @Test
  void aServiceThatIsAwayIsNotTheServicesAnswer() throws Exception {
    var jobs = record("127.0.0.1:1", Optional.of(service.addresses().certificate()));
    assertThatThrownBy(() -> jobs.get(request("bt1nothere0000000000")))
        .isInstanceOf(StatusRuntimeException.class);

    var call = only(finish());

    assertThat(call.ended().orElseThrow().by()).isEqualTo("connection");
    assertThat(call.answering()).isEmpty();
  }

  @Test
  void aCertificateOfAnotherIsRefused() throws Exception {
    var jobs = record(service.addresses().tls(), Optional.empty());
    assertThatThrownBy(() -> jobs.get(request("bt1nothere0000000000")))
        .hasMessageContaining("UNAVAILABLE");

    assertThat(service.journal().exchanges()).isEmpty();
  }

  @Test
  void filesPassTheRecorder() throws Exception {
    var jobs = record(service.addresses().tls(), Optional.of(service.addresses().certificate()));
    var created = jobs.create(withInputs("first", "second"));
    var files = created.getResponse().unpack(CreateProjectJobResponse.class).getUploadFilesList();
    assertThat(files).allMatch(file -> file.getUrl().startsWith(recorder.http().toString()));
    assertThat(put(files.get(0).getUrl(), "first")).isEqualTo(200);
    var warnings = recorder.finish();
    var moved =
        (Moved) Recording.read(folder.resolve("out"), new Api()).moves().get(0).event();

    assertThat(moved.sha256()).isEqualTo(digest("first"));
    assertThat(folder.resolve("out/files/" + digest("first"))).hasContent("first");
    assertThat(warnings).anyMatch(text -> text.startsWith("1 files were offered"));
  }

  @Test
  void aFileThatIsOnItsWayWhenTheRecordingEndsIsToldAsBrokenOff() throws Exception {
    var jobs = record(service.addresses().tls(), Optional.of(service.addresses().certificate()));
    var large = withInputs("first").toBuilder();
    large.getJobParametersBuilder().getInputFilesBuilder(0).setSizeBytes(LARGE);
    var created = jobs.create(large.build());
    var files = created.getResponse().unpack(CreateProjectJobResponse.class).getUploadFilesList();
    var url = URI.create(files.get(0).getUrl());
    List<String> warnings;
    try (var client = new Socket(url.getHost(), url.getPort())) {
      var out = client.getOutputStream();
      out.write(("PUT " + url.getPath() + " HTTP/1.1\r\nHost: here\r\nContent-Length: " + LARGE
              + "\r\n\r\n")
          .getBytes());
      // More than buffers of sockets take: the recorder has to read it
      out.write(new byte[LARGE - 1]);
      warnings = recorder.finish();
    }
    var recording = Recording.read(folder.resolve("out"), new Api());

    assertThat(warnings).containsExactly("A file was still on its way when the recording ended.");
    assertThat(recording.warnings()).isEqualTo(warnings);
    assertThat(recording.moves()).hasSize(1);
    assertThat(recording.file(digest("first"))).isEmpty();
  }

  @Test
  void nothingIsKeptOfACommandThatMadeNoCall() throws Exception {
    record(service.addresses().tls(), Optional.empty());
    assertThatThrownBy(recorder::finish).hasMessageContaining("Nothing was recorded");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aFolderThatIsNoRecordingIsNotReplaced() throws Exception {
    Files.createDirectories(folder.resolve("out"));
    assertThatThrownBy(() -> record(service.addresses().tls(), Optional.empty()))
        .hasMessageContaining("exists and is no recording");
  }

  @Test
  void anUpstreamOfAnotherProtocolIsTold() throws Exception {
    try (var other = new ServerSocket(0)) {
      var answers = new Thread(() -> answerInHttp1(other), "another protocol");
      answers.start();
      var jobs = record("plaintext:127.0.0.1:" + other.getLocalPort(), Optional.empty());
      assertThatThrownBy(() -> jobs.get(request("bt1nothere0000000000")))
          .isInstanceOf(StatusRuntimeException.class);
      var warnings = recorder.finish();

      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith("Call 1 ProjectJobService.Get was not ended by the service");
      assertThat(Recording.read(folder.resolve("out"), new Api()).warnings()).isEqualTo(warnings);
      other.close();
      answers.join();
    }
  }

  @Test
  void anUpstreamThatDiesIsTold() throws Exception {
    var jobs = record(service.addresses().tls(), Optional.of(service.addresses().certificate()));
    var created = jobs.create(withInputs());
    var id = created.getResponse().unpack(CreateProjectJobResponse.class).getJobId();
    service.whenExecuted(job -> true).thenRun(Script.empty().stdout("begun\n").after(HOUR));
    jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build());
    var log = jobs.readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(id).build());
    assertThat(log.next().getLogsList()).isNotEmpty();
    service.close();
    assertThatThrownBy(log::hasNext).isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(() -> jobs.get(request(id))).hasMessageContaining("UNAVAILABLE");
    var warnings = recorder.finish();

    assertThat(warnings)
        .anyMatch(
            text -> text.startsWith("Call 4 ProjectJobService.Get was not ended by the service"));
    assertThat(Recording.read(folder.resolve("out"), new Api()).calls()).hasSize(4);
  }

  private static void answerInHttp1(ServerSocket server) {
    while (!server.isClosed()) {
      try (var connection = server.accept()) {
        connection.getInputStream().read();
        connection
            .getOutputStream()
            .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes());
      } catch (IOException e) {
        // The test closes it
      }
    }
  }

  private ProjectJobServiceBlockingStub record(String upstream, Optional<Path> roots)
      throws Exception {
    var options = new Options(List.of(), List.of(), Map.of(), false, new Random(1));
    var settings = new RecordSettings(
        folder.resolve("out"),
        Optional.of(upstream),
        roots,
        false,
        options,
        Files.createDirectories(folder.resolve("work")),
        "test");
    recorder = new Recorder(settings, Clock.systemUTC(), System::nanoTime);
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer my-own-token");
    channel = Grpc.newChannelBuilder(recorder.grpc(), InsecureChannelCredentials.create())
        .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
        .build();
    return ProjectJobServiceGrpc.newBlockingStub(channel);
  }

  private Recording finish() throws Exception {
    recorder.finish();
    return Recording.read(folder.resolve("out"), new Api());
  }

  private static SessionCall only(Recording recording) {
    assertThat(recording.calls()).hasSize(1);
    return recording.calls().get(0);
  }

  private static GetProjectJobRequest request(String id) {
    return GetProjectJobRequest.newBuilder().setJobId(id).build();
  }

  private static CreateProjectJobRequest withInputs(String... contents) throws Exception {
    var parameters = JobParameters.newBuilder()
        .setCmd("true")
        .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4"));
    for (var content : contents) {
      parameters.addInputFiles(File.newBuilder()
          .setDesc(FileDesc.newBuilder().setPath(content + ".txt"))
          .setSha256(digest(content))
          .setSizeBytes(content.length())
          .setCompressionType(FileCompressionType.NONE));
    }
    return CreateProjectJobRequest.newBuilder()
        .setProjectId("bt1recorded000000000")
        .setJobParameters(parameters)
        .build();
  }

  private static String digest(String content) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes()));
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
