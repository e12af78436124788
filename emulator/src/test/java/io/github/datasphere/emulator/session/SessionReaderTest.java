package io.github.datasphere.emulator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every fault of a recording is told in words, with its line. */
class SessionReaderTest {
  private static final Path SAMPLE = Path.of("../samples/recordings/word-count");

  private final Api api = new Api();

  @TempDir
  Path folder;

  @Test
  void whatIsReadIsWrittenAsItWas() throws Exception {
    var lines = new ArrayList<String>();
    var json = new EventJson(api);
    try (var reader = SessionReader.open(SAMPLE, api)) {
      for (var event = reader.next(); event != null; event = reader.next()) {
        lines.add(SessionJson.write(json.toJson(event)));
      }
    }
    var file = Files.readAllLines(SAMPLE.resolve("session.jsonl"));

    assertThat(lines).isEqualTo(file.subList(1, file.size() - 1));
  }

  @Test
  void aFolderWithoutRecordingIsNamed() {
    assertThatThrownBy(() -> Recording.read(folder, api))
        .hasMessageContaining("There is no recording in " + folder);
  }

  @Test
  void aCutRecordingIsTold() throws Exception {
    var lines = lines();
    write(lines.subList(0, lines.size() - 5));
    assertThatThrownBy(() -> Recording.read(folder, api)).hasMessageContaining("is cut");
  }

  @Test
  void aLineThatIsCutIsNamed() throws Exception {
    var lines = lines();
    lines.set(3, lines.get(3).substring(0, 60));
    write(lines);
    assertThatThrownBy(() -> Recording.read(folder, api))
        .hasMessageContaining("Line 4 of")
        .hasMessageContaining("not JSON");
  }

  @Test
  void anotherFormatIsTold() throws Exception {
    var lines = lines();
    lines.set(0, lines.get(0).replace("datasphere-session/1", "datasphere-session/9"));
    write(lines);
    assertThatThrownBy(() -> Recording.read(folder, api))
        .hasMessageContaining("datasphere-session/9")
        .hasMessageContaining("record again");
  }

  @Test
  void aRemovedLineIsTold() throws Exception {
    var lines = lines();
    lines.remove(lines.size() - 2);
    write(lines);
    assertThatThrownBy(() -> Recording.read(folder, api))
        .hasMessageContaining("correct the number if lines were removed on purpose");
  }

  @Test
  void aStreamThatNeverEndedIsNamed() throws Exception {
    var lines = lines();
    lines.removeIf(line -> line.contains("\"call\": 3, \"event\": \"end\""));
    var last = lines.get(lines.size() - 1);
    int events = lines.size() - 2;
    lines.set(lines.size() - 1, last.replaceFirst("\"events\": \\d+", "\"events\": " + events));
    write(lines);
    assertThatThrownBy(() -> Recording.read(folder, api))
        .hasMessageContaining("Call 3 of the recording")
        .hasMessageContaining("never ended");
  }

  @Test
  void anEditedFieldIsNamed() throws Exception {
    var lines = lines();
    lines.replaceAll(line -> line.replace("\"project_id\": ", "\"projectid\": "));
    write(lines);
    assertThatThrownBy(() -> Recording.read(folder, api))
        .hasMessageContaining(
            "\"projectid\" is no field of CreateProjectJobRequest. Was the recording edited?");
  }

  @Test
  void timeDoesNotGoBack() throws Exception {
    var lines = lines();
    lines.set(5, lines.get(5).replaceFirst("\"at\": [0-9.]+", "\"at\": 0.001"));
    write(lines);
    assertThatThrownBy(() -> Recording.read(folder, api))
        .hasMessageContaining("before that of the line above");
  }

  private static List<String> lines() throws IOException {
    return new ArrayList<>(Files.readAllLines(SAMPLE.resolve("session.jsonl")));
  }

  private void write(List<String> lines) throws IOException {
    Files.write(folder.resolve("session.jsonl"), lines);
  }
}
