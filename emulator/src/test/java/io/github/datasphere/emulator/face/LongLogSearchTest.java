package io.github.datasphere.emulator.face;

import static io.github.datasphere.emulator.face.FaceClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.segment.SegmentJobLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Most of a long log is passed without being read; what is found is told as if all were read. */
class LongLogSearchTest {
  private static final int RECORDS = 6_000;

  @TempDir
  Path folder;

  private Emulator emulator;
  private FaceClient face;
  private String id;

  @BeforeEach
  void start() {
    emulator = started();
    face = new FaceClient(emulator);
    id = text(face.post("/jobs", """
            {"projectId": "bt1project", "jobParameters": {"cmd": "true",
              "cloudInstanceTypes": [{"name": "c1.4"}]}}
            """), "metadata", "jobId");
    emulator.close();
    try (var log = new SegmentJobLog(folder.resolve("data/logs"))) {
      for (int i = 0; i < RECORDS; i++) {
        var end = i == 1234 || i == 5678 ? "epoch " + i + " Failed\n" : "\n";
        var content = ("hay ".repeat(250) + "\n" + end).getBytes(UTF_8);
        log.append(new JobId(id), new LogRecord(LogSource.STDOUT, Instant.EPOCH, content));
      }
    }
    emulator = started();
    face = new FaceClient(emulator);
  }

  @AfterEach
  void end() {
    if (emulator != null) {
      emulator.close();
    }
  }

  private Emulator started() {
    var config = EmulatorConfig.onFreePorts().inDataDir(folder.resolve("data"));
    return Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)));
  }

  @ParameterizedTest
  @CsvSource({
    "text=failed, 2",
    "text=Failed&matchCase=1, 2",
    "text=epoch%20%5Cd%2B%20fail&regex=1, 2",
    "text=failed&source=stderr, 0",
    "text=nowhere, 0"
  })
  void eachLineIsFoundAtItsPlace(String query, int count) {
    assertThat(places(query, "0")).hasSize(count).isSubsetOf("1234.1", "5678.1");
    assertThat(places(query, "2000")).hasSize(count / 2).isSubsetOf("5678.1");
  }

  /** Searches until all is searched. */
  private List<String> places(String query, String from) {
    var places = new ArrayList<String>();
    var offset = from;
    for (var done = false; !done; ) {
      var page = face.get("/jobs/" + id + "/log/search?" + query + "&offset=" + offset);
      if (page.has("hits")) {
        page.getAsJsonArray("hits").forEach(hit -> places.add(place(hit)));
      }
      offset = text(page, "nextOffset");
      done = page.has("done");
    }
    assertThat(offset).isEqualTo(Integer.toString(RECORDS));
    return places;
  }

  private static String place(JsonElement hit) {
    return text(hit, "offset") + "." + text(hit, "line");
  }
}
