package io.github.datasphere.emulator.face;

import static io.github.datasphere.emulator.face.FaceClient.error;
import static io.github.datasphere.emulator.face.FaceClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.github.datasphere.emulator.Emulator;
import io.grpc.Status;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What programs do over HTTP and JSON. */
class FaceTest {
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

  @Test
  void tellsWhatItIs() {
    var server = face.get("/server");

    assertThat(text(server, "runner")).isEqualTo("scripted");
    assertThat(server.get("manualClock").getAsBoolean()).isTrue();
    assertThat(text(server, "world")).isEqualTo("1");
  }

  @Test
  void aResetBeginsAnotherWorld() {
    emulator.givenJob(job -> job.name("train"));

    face.post("/reset", "{\"manualClock\": true}");

    assertThat(text(face.get("/server"), "world")).isEqualTo("2");
    assertThat(face.get("/jobs").has("jobs")).isFalse();
  }

  @Test
  void aJobIsFoundByItsIdAlone() {
    var id = emulator.givenJob(job -> job.name("one"));
    emulator.givenJob(job -> job.name("another").cmd("echo " + id));

    var found = face.get("/jobs?query=" + id).getAsJsonArray("jobs");

    assertThat(found).hasSize(1);
    assertThat(text(found.get(0).getAsJsonObject(), "name")).isEqualTo("one");
  }

  @Test
  void aJobIsCreatedRunAndRead() {
    face.post("/scripts", """
        {"when": {"name": "train"}, "scripts": [{"steps": [
          {"stdout": "epoch 1\\n"}, {"lasts": "60s"}, {"stderr": "late\\n"}, {"exits": 3}]}]}
        """);
    var created = face.post("/jobs", """
        {"projectId": "bt1project", "name": "train", "job_parameters": {
          "cmd": "python train.py", "cloudInstanceTypes": [{"name": "c1.4"}]}}
        """);
    var id = text(created, "metadata", "jobId");
    face.post("/jobs/" + id + ":execute", "");
    assertThat(text(face.get("/jobs/" + id), "status")).isEqualTo("EXECUTING");

    face.post("/clock:move", "{\"advance\": \"60s\"}");

    assertThat(text(face.get("/jobs/" + id), "status")).isEqualTo("ERROR");
    assertThat(records(id)).contains("stdout epoch 1\n", "stderr late\n");
    assertThat(face.get("/jobs/" + id + "/timeline").toString()).contains("EXECUTING -> ");
    assertThat(face.get("/undone").has("problems")).isFalse();
  }

  @Test
  void whatTheFaceDoesIsNoCallOfTheClient() {
    emulator.faults().failNext(1, "Get", Status.UNAVAILABLE);
    var id = emulator.givenJob(job -> job.name("train"));

    assertThat(text(face.get("/jobs/" + id), "name")).isEqualTo("train");

    assertThat(face.get("/calls").has("exchanges")).isFalse();
  }

  @Test
  void listsTheJobsOfAllProjectsPageByPage() {
    for (int i = 1; i <= 5; i++) {
      var name = "job-" + i;
      emulator.givenJob(job -> job.name(name).project(name.equals("job-4") ? "bt1b" : "bt1a"));
    }

    var first = face.get("/jobs?pageSize=2");
    var second = face.get("/jobs?pageSize=9&pageToken=" + text(first, "nextPageToken"));

    assertThat(names(first)).containsExactly("job-5", "job-4");
    assertThat(names(second)).containsExactly("job-3", "job-2", "job-1");
    assertThat(second.has("nextPageToken")).isFalse();
    assertThat(names(face.get("/jobs?projectId=bt1b"))).containsExactly("job-4");
    assertThat(names(face.get("/jobs?query=JOB-2&status=SUCCESS,ERROR"))).containsExactly("job-2");
    assertThat(face.get("/jobs?status=ERROR").has("jobs")).isFalse();
  }

  @Test
  void whatIsWrongIsToldByItsField() {
    var unknown = face.send("POST", "/reset", "{\"manual\": true}");
    var body = face.send("POST", "/reset", "{");
    var job = face.send("GET", "/jobs/bt1none", "");
    var status = face.send("GET", "/jobs?status=DONE", "");
    var parameter = face.send("GET", "/jobs?state=DONE", "");
    var create = face.send("POST", "/jobs", "{\"projectId\": \"bt1project\"}");
    var nested = face.send("POST", "/scripts", "[".repeat(100_000));

    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(error(unknown).toString())
        .contains("INVALID_ARGUMENT", "manual: is no field of ResetRequest");
    assertThat(body.statusCode()).isEqualTo(400);
    assertThat(job.statusCode()).isEqualTo(404);
    assertThat(text(error(job), "code")).isEqualTo("NOT_FOUND");
    assertThat(error(status).toString()).contains("\"field\":\"status\"", "DONE", "SUCCESS");
    assertThat(parameter.statusCode()).isEqualTo(400);
    assertThat(error(create).toString()).contains("job_parameters.cmd");
    assertThat(nested.statusCode()).isEqualTo(400);
  }

  private static List<String> names(JsonElement page) {
    return StreamSupport.stream(page.getAsJsonObject().getAsJsonArray("jobs").spliterator(), false)
        .map(job -> text(job, "name"))
        .toList();
  }

  private List<String> records(String id) {
    return StreamSupport.stream(
            face.get("/jobs/" + id + "/log").getAsJsonArray("records").spliterator(), false)
        .map(record -> text(record, "source") + " " + text(record, "text"))
        .toList();
  }
}
