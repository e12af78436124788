package io.github.datasphere.emulator.face;

import static io.github.datasphere.emulator.face.FaceClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.TestClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the face tells of a job beyond the service's own message. */
class JobCourseTest {
  private static final String JOB = """
      {"projectId": "bt1project", "jobParameters": {"cmd": "true",
        "cloudInstanceTypes": [{"name": "c1.4"}]}}
      """;

  private Emulator emulator;
  private FaceClient face;

  @BeforeEach
  void start() {
    emulator = Emulator.inProcess();
    face = new FaceClient(emulator);
  }

  @AfterEach
  void end() {
    if (emulator != null) {
      emulator.close();
    }
  }

  private String executed(String steps) {
    face.post("/scripts", "{\"scripts\": [{\"steps\": [" + steps + "]}]}");
    var id = text(face.post("/jobs", JOB), "metadata", "jobId");
    face.post("/jobs/" + id + ":execute", "");
    return id;
  }

  @Test
  void progressIsToldInTheListAndAtTheJob() {
    var id = executed(
        "{\"progress\": {\"percent\": 42, \"message\": \"epoch 3\"}}, {\"waitsFor\": \"x\"}");

    var course = face.get("/jobs/" + id + "/course");
    assertThat(text(course, "report", "percent")).isEqualTo("42");
    assertThat(text(course, "report", "text")).isEqualTo("epoch 3");
    assertThat(course.has("exit")).isFalse();
    assertThat(face.get("/jobs").getAsJsonArray("courses").get(0)).isEqualTo(course);
  }

  @Test
  void exitCodeOfACommandIsTold() {
    var id = executed("{\"exits\": 139}");

    assertThat(text(face.get("/jobs/" + id + "/course"), "exit", "code")).isEqualTo("139");
  }

  @Test
  void cancelAtTheFaceIsToldAsSuch() {
    var id = executed("{\"waitsFor\": \"never\"}");
    face.post("/jobs/" + id + ":cancel", "");

    assertThat(text(face.get("/jobs/" + id + "/course"), "cancelledBy")).contains("the console");
  }

  @Test
  void cancelOfAClientIsToldWithWhatTheClientCallsItself() {
    var id = executed("{\"waitsFor\": \"never\"}");
    try (var client = new TestClient(emulator.channel())) {
      client.cancel(id);
    }
    // Changes nothing any more
    face.post("/jobs/" + id + ":cancel", "");

    assertThat(text(face.get("/jobs/" + id + "/course"), "cancelledBy"))
        .contains("client")
        .doesNotContain("console");
  }

  @Test
  void jobThatWasNotCancelledHasNoOneWhoDidIt() {
    var id = executed("{\"exits\": 0}");
    face.post("/jobs/" + id + ":cancel", "");

    assertThat(face.get("/jobs/" + id + "/course").has("cancelledBy")).isFalse();
  }

  @Test
  void allSourcesOfALogComeAsOneArchive() throws Exception {
    var id = executed(
        "{\"stdout\": \"out 1\\n\"}, {\"stderr\": \"err\\n\"}, {\"systemLog\": \"told\\n\"}, {\"stdout\": \"out 2\\n\"}");

    var files = unpacked("/jobs/" + id + "/log.zip");

    assertThat(files)
        .containsEntry("stdout.log", "out 1\nout 2\n")
        .containsEntry("stderr.log", "err\n");
    assertThat(files.get("system.log")).contains("told\n");
  }

  private Map<String, String> unpacked(String path) throws IOException, InterruptedException {
    var request = face.request("/api/v1" + path)
        .header("Authorization", "Bearer " + emulator.httpToken())
        .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    var files = new LinkedHashMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return files;
  }
}
