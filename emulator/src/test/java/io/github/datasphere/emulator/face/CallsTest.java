package io.github.datasphere.emulator.face;

import static io.github.datasphere.emulator.face.FaceClient.error;
import static io.github.datasphere.emulator.face.FaceClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the face tells of the calls of clients. */
class CallsTest {
  private Emulator emulator;
  private FaceClient face;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    emulator = Emulator.inProcess();
    face = new FaceClient(emulator);
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer t");
    channel = emulator.channel(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @AfterEach
  void end() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (emulator != null) {
      emulator.close();
    }
  }

  @Test
  void onlyWhatIsNewIsTold() {
    var id = emulator.givenJob(job -> job.name("train"));
    read(id);
    var first = face.get("/calls");
    read(id);

    var news = face.get("/calls?changedAfter=" + text(first, "revision"));

    assertThat(numbers(first)).containsExactly("1");
    assertThat(numbers(news)).containsExactly("2");
    assertThat(numbers(face.get("/calls?changedAfter=" + text(news, "revision"))))
        .isEmpty();
  }

  @Test
  void aCallThatEndsIsNewAgain() {
    var id = running();
    var messages =
        jobs().readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(id).build());
    assertThat(messages.hasNext()).isTrue();
    var before = face.get("/calls");

    emulator.clock().advance(Duration.ofMinutes(1));
    messages.forEachRemaining(message -> {});
    var news = face.get("/calls?changedAfter=" + text(before, "revision"));

    assertThat(numbers(news)).contains(number(before, "ReadLogs"));
  }

  @Test
  void aStreamIsToldMessageByMessageWithItsTimes() {
    var id = running();
    var messages =
        jobs().readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(id).build());
    messages.next();
    emulator.clock().advance(Duration.ofMinutes(1));
    messages.forEachRemaining(message -> {});

    var number = number(face.get("/calls"), "ReadLogs");
    var call = calls(face.get("/calls/" + number)).get(0);
    var all = call.getAsJsonObject().getAsJsonArray("messages");

    assertThat(all.size()).isGreaterThan(1);
    assertThat(text(all.get(0), "number")).isEqualTo("1");
    assertThat(all.get(0).toString()).contains("ReadProjectJobLogsResponse");
    assertThat(Duration.between(
            java.time.Instant.parse(text(all.get(0), "at")),
            java.time.Instant.parse(text(all.get(all.size() - 1), "at"))))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(text(call, "endedAt")).isGreaterThan(text(call, "at"));
    assertThat(emulator.journal().exchanges("ReadLogs").get(0).duration())
        .hasValue(Duration.ofMinutes(1));
    assertThat(calls(face.get("/calls")).toString()).doesNotContain("\"messages\"");
  }

  @Test
  void aFaultIsToldWhereItHappened() {
    var id = emulator.givenJob(job -> job.name("train"));
    emulator.faults().failNext(1, "Get", Status.UNAVAILABLE);
    Assertions.assertThatThrownBy(() -> read(id)).hasMessageContaining("UNAVAILABLE");
    read(id);

    var calls = calls(face.get("/calls"));

    assertThat(calls.get(0).getAsJsonObject().getAsJsonArray("faults").toString())
        .contains("UNAVAILABLE");
    assertThat(calls.get(1).getAsJsonObject().has("faults")).isFalse();
  }

  @Test
  void aCallThatIsNotThereIsNotFound() {
    var missing = face.send("GET", "/calls/77", "");
    var odd = face.send("GET", "/calls/first", "");
    var negative = face.send("GET", "/calls?changedAfter=-1", "");

    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(error(odd).toString()).contains("number: must be a number, not 'first'");
    assertThat(error(negative).toString()).contains("changed_after");
  }

  private ProjectJobServiceGrpc.ProjectJobServiceBlockingStub jobs() {
    return ProjectJobServiceGrpc.newBlockingStub(channel);
  }

  private void read(String id) {
    var job = jobs().get(GetProjectJobRequest.newBuilder().setJobId(id).build());
    assertThat(job.getId()).isEqualTo(id);
  }

  /** Returns a job that prints now, and a minute later again. */
  private String running() {
    face.post("/scripts", """
        {"scripts": [{"steps": [{"stdout": "first\\n"}, {"after": "60s"}, {"stdout": "second\\n"}]}]}
        """);
    var created = face.post("/jobs", """
        {"projectId": "bt1project", "name": "live", "jobParameters": {"cmd": "train",
          "cloudInstanceTypes": [{"name": "c1.4"}]}}
        """);
    var id = text(created, "metadata", "jobId");
    face.post("/jobs/" + id + ":execute", "");
    return id;
  }

  private static JsonArray calls(JsonObject answer) {
    return answer.has("exchanges") ? answer.getAsJsonArray("exchanges") : new JsonArray();
  }

  private static List<String> numbers(JsonObject answer) {
    return each(calls(answer)).map(call -> text(call, "number")).toList();
  }

  private static String number(JsonObject answer, String method) {
    return each(calls(answer))
        .filter(call -> text(call, "method").equals(method))
        .map(call -> text(call, "number"))
        .findFirst()
        .orElseThrow();
  }

  private static java.util.stream.Stream<JsonElement> each(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
