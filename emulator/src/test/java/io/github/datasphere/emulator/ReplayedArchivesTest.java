package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.grpc.ManagedChannel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A folder that is packed on another day, or by another client, has other bytes: there are times in
 * an archive. What counts are its files.
 */
class ReplayedArchivesTest {
  private static final Path SAMPLE = Path.of("../samples/recordings/directory-output");

  private ReplayedService service;
  private ManagedChannel channel;

  @TempDir
  Path folder;

  private void start(Path recording) {
    service = ReplayedService.start(recording, 0, EmulatorConfig.onFreePorts(), false);
    channel = service.channel();
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
  void theSameFolderPackedOnAnotherDayIsTaken() throws Exception {
    start(SAMPLE);
    var answer = upload(recordedFiles());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(service.misses()).isEmpty();
    assertThat(service.notes()).isEmpty();
  }

  @Test
  void aFileWithAnotherContentIsAMissThatNamesIt() throws Exception {
    start(SAMPLE);
    var files = recordedFiles();
    files.put("parts/fruit.txt", "no fruit".getBytes(StandardCharsets.UTF_8));
    var answer = upload(files);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("This archive is not the recorded one: the file parts/fruit.txt has another"
            + " content.\n");
    assertThat(service.misses())
        .singleElement()
        .asString()
        .endsWith("is not the recorded one: the file parts/fruit.txt has another content");
  }

  @Test
  void aFileMoreOrLessIsAMissThatNamesIt() throws Exception {
    start(SAMPLE);
    var files = recordedFiles();
    files.put("parts/new.txt", new byte[0]);
    var first = upload(files);
    stop();
    start(SAMPLE);
    files.remove("parts/new.txt");
    files.remove("parts/fruit.txt");

    assertThat(first.body())
        .contains("the file parts/new.txt is in it, and was not when it was recorded");
    assertThat(upload(files).body()).contains("the file parts/fruit.txt is missing in it");
  }

  @Test
  void whatIsNoArchiveIsAMiss() throws Exception {
    start(SAMPLE);
    var bytes = "PK\3\4 and no more".getBytes(StandardCharsets.UTF_8);

    assertThat(upload(bytes).statusCode()).isEqualTo(400);
    assertThat(service.misses()).hasSize(1);
  }

  @Test
  void anArchiveThatTheRecordingLacksIsTakenAndTold() throws Exception {
    Files.copy(SAMPLE.resolve("session.jsonl"), folder.resolve("session.jsonl"));
    start(folder);

    assertThat(upload(recordedFiles()).statusCode()).isEqualTo(200);
    assertThat(service.misses()).isEmpty();
    assertThat(service.notes())
        .singleElement()
        .asString()
        .contains("was not compared: the recording does not have the content of ");
  }

  private HttpResponse<String> upload(Map<String, byte[]> files) throws Exception {
    return upload(packed(files));
  }

  private HttpResponse<String> upload(byte[] archive) throws Exception {
    var sha256 = Sha256.hex(archive);
    var request = recordedCreate().toBuilder();
    request.getJobParametersBuilder().getInputFilesBuilderList().stream()
        .filter(file -> file.getCompressionType() == FileCompressionType.ZIP)
        .forEach(file -> file.setSha256(sha256).setSizeBytes(archive.length));
    var url = ProjectJobServiceGrpc.newBlockingStub(channel)
        .create(request.build())
        .getResponse()
        .unpack(CreateProjectJobResponse.class)
        .getUploadFilesList()
        .stream()
        .filter(file -> file.getFile().getSha256().equals(sha256))
        .findFirst()
        .orElseThrow()
        .getUrl();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(archive))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static CreateProjectJobRequest recordedCreate() {
    var call = Recording.read(SAMPLE, new Api()).calls().get(0);
    return (CreateProjectJobRequest) call.request().orElseThrow();
  }

  private static Map<String, byte[]> recordedFiles() throws Exception {
    var sha256 = recordedCreate().getJobParameters().getInputFilesList().stream()
        .filter(file -> file.getCompressionType() == FileCompressionType.ZIP)
        .findFirst()
        .orElseThrow()
        .getSha256();
    var files = new LinkedHashMap<String, byte[]>();
    var bytes = Files.readAllBytes(SAMPLE.resolve("files").resolve(sha256));
    var zip = new ZipInputStream(new ByteArrayInputStream(bytes));
    for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      files.put(entry.getName(), zip.readAllBytes());
    }
    return files;
  }

  private static byte[] packed(Map<String, byte[]> files) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
