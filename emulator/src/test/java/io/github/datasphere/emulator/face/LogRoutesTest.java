package io.github.datasphere.emulator.face;

import static io.github.datasphere.emulator.face.FaceClient.error;
import static io.github.datasphere.emulator.face.FaceClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.datasphere.emulator.Emulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log is read from any place, searched and downloaded. */
class LogRoutesTest {
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

  /** Runs a job that prints these, a record each. */
  private String printed(List<String> records) {
    var steps = records.stream()
        .map(text -> "{\"stdout\": " + BrowserPage.quoted(text) + "}")
        .collect(Collectors.joining(","));
    face.post("/scripts", "{\"scripts\": [{\"steps\": [" + steps + "]}]}");
    return executed();
  }

  private String executed() {
    var created = face.post("/jobs", """
        {"projectId": "bt1project", "jobParameters": {"cmd": "true",
          "cloudInstanceTypes": [{"name": "c1.4"}]}}
        """);
    var id = text(created, "metadata", "jobId");
    face.post("/jobs/" + id + ":execute", "");
    return id;
  }

  @Test
  void theRecordsThatLeadUpToAPlaceAreGiven() {
    var id = printed(IntStream.range(0, 100).mapToObj(i -> "line " + i + "\n").toList());

    var tail = face.get("/jobs/" + id + "/log?before=end&maxBytes=80");
    var first = Long.parseLong(text(tail.getAsJsonArray("records").get(0), "offset"));
    var above = face.get("/jobs/" + id + "/log?before=" + first + "&maxBytes=80");

    assertThat(text(
            tail.getAsJsonArray("records").get(tail.getAsJsonArray("records").size() - 1),
            "offset"))
        .isEqualTo(Long.toString(Long.parseLong(text(tail, "end")) - 1));
    assertThat(text(above, "nextOffset")).isEqualTo(Long.toString(first));
    assertThat(above.getAsJsonArray("records").size()).isBetween(1, 20);
  }

  @Test
  void theBeginningIsGivenWhereNothingLeadsUpToIt() {
    var id = printed(List.of("one\n"));

    assertThat(face.get("/jobs/" + id + "/log?before=0").has("records")).isFalse();
  }

  @Test
  void aSearchTellsEachLineWithItsPlace() {
    var id = printed(List.of("alpha\nBeta 1\n", "gamma beta 2\nbeta.\n"));

    var hits = face.get("/jobs/" + id + "/log/search?text=beta");
    var exact = face.get("/jobs/" + id + "/log/search?text=Beta&matchCase=1");
    var regex = face.get("/jobs/" + id + "/log/search?text=%5Ebeta%5C.%24&regex=1");

    assertThat(lines(hits)).containsExactly("Beta 1", "gamma beta 2", "beta.");
    assertThat(text(hits.getAsJsonArray("hits").get(2), "line")).isEqualTo("1");
    assertThat(hits.get("done").getAsBoolean()).isTrue();
    assertThat(lines(exact)).containsExactly("Beta 1");
    assertThat(lines(regex)).containsExactly("beta.");
  }

  @Test
  void answersHaveTheFieldsThatTheOpenApiFileTells() {
    var id = printed(List.of("alpha\n", "beta\n"));

    var chunk = face.get("/jobs/" + id + "/log?maxBytes=1&offset=1");
    var hits = face.get("/log/search?text=beta");
    var page = face.get("/jobs/" + id + "/log/search?text=a&limit=1");

    assertThat(chunk.keySet()).isSubsetOf(OpenApi.fields("LogChunk")).contains("records", "end");
    assertThat(chunk.getAsJsonArray("records").get(0).getAsJsonObject().keySet())
        .containsExactlyInAnyOrderElementsOf(OpenApi.fields("LogChunk", "records"));
    assertThat(hits.keySet()).isSubsetOf(OpenApi.fields("LogHits")).contains("hits", "done");
    assertThat(hits.getAsJsonArray("hits").get(0).getAsJsonObject().keySet())
        .isSubsetOf(OpenApi.fields("LogHits", "hits"))
        .contains("offset", "at", "source", "text", "jobId");
    assertThat(page.keySet()).isSubsetOf(OpenApi.fields("LogHits")).contains("nextOffset");
    assertThat(text(chunk, "nextOffset")).isEqualTo("2");
  }

  @Test
  void aLogIsReadFromATimeOn() {
    face.post("/scripts", """
        {"scripts": [{"steps": [{"stdout": "at once\\n"}, {"after": "3600s"}, {"stdout": "an hour later\\n"},
          {"after": "3600s"}, {"stdout": "at the end\\n"}]}]}
        """);
    var id = executed();
    var begun = emulator.clock().now();
    emulator.clock().advance(Duration.ofHours(3));

    assertThat(first(id, begun.plusSeconds(1))).contains("an hour later");
    assertThat(first(id, begun.plusSeconds(3600))).contains("an hour later");
    assertThat(first(id, begun.plusSeconds(3601))).contains("at the end");
    assertThat(first(id, begun.minusSeconds(1))).doesNotContain("later");
    assertThat(face.get("/jobs/" + id + "/log?time=2999-01-01T00:00:00Z").has("records"))
        .isFalse();
    assertThat(error(face.send("GET", "/jobs/" + id + "/log?time=noon", "")).toString())
        .contains("time");
  }

  private String first(String id, Instant time) {
    return text(
        face.get("/jobs/" + id + "/log?time=" + time).getAsJsonArray("records").get(0), "text");
  }

  @Test
  void theLogsOfAllJobsAreSearchedNewestFirstAndThreeLinesOfEach() {
    var older = printed(List.of("a needle\n"));
    printed(List.of("hay\n"));
    var newer = printed(List.of("needle 1\nneedle 2\n", "needle 3\n", "needle 4\n"));

    var hits = face.get("/log/search?text=NEEDLE");
    var part = face.get("/log/search?text=needle&limit=1");
    var rest = face.get("/log/search?text=needle&pageToken=" + text(part, "nextPageToken"));

    assertThat(lines(hits)).containsExactly("needle 1", "needle 2", "needle 3", "a needle");
    assertThat(text(hits.getAsJsonArray("hits").get(0), "jobId")).isEqualTo(newer);
    assertThat(text(hits.getAsJsonArray("hits").get(3), "jobId")).isEqualTo(older);
    assertThat(hits.get("done").getAsBoolean()).isTrue();
    assertThat(lines(rest)).containsExactly("a needle");
    assertThat(face.send("GET", "/log/search?text=needle&pageToken=x", "").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aSearchThatIsNoneIsToldByItsField() {
    var id = printed(List.of("alpha\n"));

    assertThat(error(face.send("GET", "/jobs/" + id + "/log/search?text=(&regex=1", ""))
            .toString())
        .contains("no regular expression");
    assertThat(face.send("GET", "/jobs/" + id + "/log/search", "").statusCode()).isEqualTo(400);
    assertThat(face.send("GET", "/jobs/" + id + "/log?offset=x", "").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aLineOf10MegabytesIsFoundAndCutForTheList() {
    var id = printed(List.of("x".repeat(10 << 20) + " needle\n"));

    var hit = face.get("/jobs/" + id + "/log/search?text=needle")
        .getAsJsonArray("hits")
        .get(0);

    assertThat(text(hit, "text")).hasSizeLessThanOrEqualTo(500).contains("needle");
  }

  @Test
  void theWholeIsDownloadedAsItWasWritten() {
    var id = printed(List.of("50%\r", "100%\n", "\u001b[31mred\u001b[0m\n"));

    assertThat(face.send("GET", "/jobs/" + id + "/log/text?source=stdout", "").body())
        .isEqualTo("50%\r100%\n\u001b[31mred\u001b[0m\n");
  }

  private static List<String> lines(JsonObject hits) {
    return StreamSupport.stream(hits.getAsJsonArray("hits").spliterator(), false)
        .map(hit -> text(hit, "text"))
        .toList();
  }
}
