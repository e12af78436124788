package io.github.datasphere.emulator.face;

import static io.github.datasphere.emulator.face.FaceClient.error;
import static io.github.datasphere.emulator.face.FaceClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.TestClient;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.emulator.server.SavedJobsServer;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionCall;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.grpc.Status;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs are saved in a file, and shown out of it without an emulator. */
class SavedFaceTest {
  @TempDir
  Path folder;

  private Emulator emulator;
  private FaceClient live;

  @BeforeEach
  void start() {
    emulator = Emulator.inProcess();
    live = new FaceClient(emulator);
  }

  @AfterEach
  void end() {
    if (emulator != null) {
      emulator.close();
    }
  }

  private String failed() {
    return emulator.givenJob(job -> job.name("train")
        .cmd("python train.py")
        .status(JobStatus.ERROR)
        .stdout("one\ntwo \u001b[32mgreen\u001b[0m ünd\nthree\n")
        .output("metrics.json", "{\"loss\": 1}".getBytes(UTF_8)));
  }

  private Path saved(List<String> jobs) throws IOException {
    var file = folder.resolve("run.dsjob");
    emulator.saveJobs(jobs, file);
    return file;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/timeline",
        "/course",
        "/log",
        "/log?offset=1",
        "/log?before=end&maxBytes=10",
        "/log/search?text=green",
        "/log/search?text=t&regex=1&source=stdout"
      })
  void aSavedJobReadsAsItDidInTheEmulator(String part) throws Exception {
    var id = failed();
    try (var server = SavedJobsServer.open(saved(List.of(id)))) {
      var later = new FaceClient(server.link(), server.token());

      assertThat(later.get("/jobs/" + id + part)).isEqualTo(live.get("/jobs/" + id + part));
    }
  }

  @Test
  void callsOfTheJobAreThereWithTheirMessages() throws Exception {
    emulator.givenJob(job -> job.name("other"));
    String id;
    try (var client = new TestClient(emulator.channel())) {
      client.create(JobParameters.newBuilder().setCmd("true"), "other");
      id = client.create(JobParameters.newBuilder().setCmd("true"), "mine");
    }
    try (var server = SavedJobsServer.open(saved(List.of(id)))) {
      var later = new FaceClient(server.link(), server.token());
      var calls = later.get("/calls").getAsJsonArray("exchanges");

      assertThat(calls).hasSize(1);
      var number = text(calls.get(0), "number");
      assertThat(later.get("/calls/" + number).getAsJsonArray("exchanges"))
          .isEqualTo(live.get("/calls/" + number).getAsJsonArray("exchanges"));
      assertThat(later.get("/calls?changedAfter=1").has("exchanges")).isFalse();
    }
  }

  @Test
  void callsAreKeptAsTheEventsOfARecording() throws Exception {
    emulator.whenExecuted(job -> true).thenRun(Script.empty().stdout("a\n"));
    emulator.faults().failNext(1, "Get", Status.ABORTED);
    String id;
    try (var client = new TestClient(emulator.channel())) {
      id = client.create(JobParameters.newBuilder().setCmd("true"), "chatty");
      client.executeCreated(id);
      emulator.clock().advance(Duration.ofHours(1));
      client.readLogs(id);
      assertThatThrownBy(() -> client.get(id)).hasMessageContaining("ABORTED");
    }
    var file = saved(List.of(id));
    unzip(file, "session.jsonl");
    var recording = Recording.read(folder, new Api());

    assertThat(recording.calls())
        .extracting(SessionCall::shortName)
        .containsExactly(
            "ProjectJobService.Create",
            "ProjectJobService.Execute",
            "ProjectJobService.ReadLogs",
            "ProjectJobService.Get");
    assertThat(folder.resolve("session.jsonl"))
        .hasBinaryContent(download("/session"))
        .content()
        .contains("\"event\": \"clock\", \"advanced\": 3600")
        .containsPattern("\"event\": \"fault\", \"text\": \".*ABORTED");
    try (var server = SavedJobsServer.open(file)) {
      var later = new FaceClient(server.link(), server.token());
      for (var call : recording.calls()) {
        var path = "/calls/" + call.number();
        assertThat(later.get(path).getAsJsonArray("exchanges"))
            .as(path)
            .isEqualTo(live.get(path).getAsJsonArray("exchanges"));
      }
    }
  }

  private void unzip(Path file, String entry) throws IOException {
    try (var zip = new ZipFile(file.toFile());
        var content = zip.getInputStream(zip.getEntry(entry))) {
      Files.copy(content, folder.resolve(entry));
    }
  }

  @Test
  void contentsOfFilesComeWithAFileOutOfTheConsole() throws Exception {
    var id = failed();
    var file = folder.resolve("console.dsjob");
    Files.write(file, download("/jobs/" + id + "/saved?files=1"));
    var bare = saved(List.of(id));
    try (var with = SavedJobsServer.open(file);
        var without = SavedJobsServer.open(bare)) {
      var full = new FaceClient(with.link(), with.token());
      var files = full.get("/jobs/" + id + "/files");
      assertThat(files).isEqualTo(live.get("/jobs/" + id + "/files"));
      var digest = text(files.getAsJsonArray("files").get(0), "sha256");
      assertThat(full.send("GET", "/jobs/" + id + "/files/" + digest, "").body())
          .isEqualTo("{\"loss\": 1}");

      var brief = new FaceClient(without.link(), without.token());
      assertThat(
              brief.get("/jobs/" + id + "/files").getAsJsonArray("files").get(0).toString())
          .contains("metrics.json")
          .doesNotContain("\"there\"");
      var missing = brief.send("GET", "/jobs/" + id + "/files/" + digest, "");
      assertThat(missing.statusCode()).isEqualTo(404);
    }
  }

  private byte[] download(String path) throws Exception {
    var client = java.net.http.HttpClient.newHttpClient();
    var request = HttpRequest.newBuilder(live.base().resolve("/api/v1" + path))
        .header("Authorization", "Bearer " + emulator.httpToken())
        .build();
    return client.send(request, BodyHandlers.ofByteArray()).body();
  }

  @Test
  void nothingOfASavedJobCanBeChanged() throws Exception {
    var id = failed();
    try (var server = SavedJobsServer.open(saved(List.of(id)))) {
      var later = new FaceClient(server.link(), server.token());

      assertThat(later.get("/server").get("readOnly").getAsBoolean()).isTrue();
      for (var request : List.of("POST /reset", "DELETE /jobs/" + id, "POST /jobs")) {
        var answer = later.send(request.split(" ")[0], request.split(" ")[1], "{}");
        assertThat(answer.statusCode()).as(request).isEqualTo(409);
        assertThat(text(error(answer), "message")).contains("nothing can be changed");
      }
      assertThat(later.exchange(later.request("/api/v1/jobs")).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void secretsAreInNoByteOfTheFile() throws Exception {
    var created = live.post("/jobs", """
        {"projectId": "bt1project", "jobParameters": {"cmd": "true",
          "env": {"dockerImageSpec": {
            "imageUrl": "registry.example/image", "username": "u", "passwordPlainText": "pa55"}},
          "cloudInstanceTypes": [{"name": "c1.4"}]}}
        """);
    var id = text(created, "metadata", "jobId");
    try (var server = SavedJobsServer.open(saved(List.of(id)))) {
      var later = new FaceClient(server.link(), server.token());

      assertThat(later.get("/jobs/" + id).toString()).contains("***").doesNotContain("pa55");
    }
  }

  @Test
  void aFileThatHoldsNoJobsIsNamedWithTheReason() throws Exception {
    var text = Files.writeString(folder.resolve("notes.txt"), "no zip");
    var other = zip("other.zip", "readme.txt", "hello");
    var later = zip("later.dsjob", "dsjob.json", "{\"format\": \"dsjob\", \"version\": 99}");
    var damaged = zip("damaged.dsjob", "dsjob.json", "{\"format\": ");

    assertThatThrownBy(() -> SavedJobsServer.open(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("notes.txt holds no saved jobs");
    assertThatThrownBy(() -> SavedJobsServer.open(other)).hasMessageContaining("no entry dsjob");
    assertThatThrownBy(() -> SavedJobsServer.open(later)).hasMessageContaining("it has version 99");
    assertThatThrownBy(() -> SavedJobsServer.open(damaged)).hasMessageContaining("is damaged");
  }

  private Path zip(String name, String entry, String content) throws IOException {
    var file = folder.resolve(name);
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content.getBytes(UTF_8));
      zip.closeEntry();
    }
    return file;
  }
}
