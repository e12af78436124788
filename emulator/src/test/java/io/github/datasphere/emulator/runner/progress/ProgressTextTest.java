package io.github.datasphere.emulator.runner.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Progress;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTextTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant TOLD = Instant.parse("2025-06-01T11:00:12Z");

  @Test
  void oneObjectIsRead() {
    assertThat(ProgressText.parse(
            "{\"progress\":21,\"message\":\"эпоха \\\"1\\\"\\n\\u0041\","
                + "\"create_time\":\"2025-06-01T13:00:12+02:00\"}",
            NOW))
        .contains(new Progress(21, "эпоха \"1\"\nA", TOLD));
  }

  @Test
  void lastWholeObjectOfManyCounts() {
    var text = """
        {"progress": 1, "message": "first"}
        {"progress": 2, "message": "a { b } \\"}"}
        {"progress": 3, "mess""";

    assertThat(ProgressText.parse(text, NOW)).contains(new Progress(2, "a { b } \"}", NOW));
  }

  @Test
  void messageThatIsCutEndsWithAWholeCharacter() {
    var message = "x".repeat(9_999) + "\ud83d\ude00";

    assertThat(ProgressText.parse("{\"progress\":1,\"message\":\"" + message + "\"}", NOW))
        .contains(new Progress(1, "x".repeat(9_999), NOW));
  }

  @Test
  void halfACharacterIsReplaced() {
    assertThat(ProgressText.parse("{\"progress\":1,\"message\":\"a\\ud83db\"}", NOW))
        .contains(new Progress(1, "a\ufffdb", NOW));
  }

  @ParameterizedTest
  @CsvSource({"-5, 0", "0.9, 0", "99.9, 99", "100, 100", "1e9, 100", "'\"42\"', 42"})
  void percentKeepsToItsRange(String told, int read) {
    assertThat(ProgressText.parse("{ \"progress\" : " + told + " }", NOW))
        .contains(new Progress(read, "", NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-06-01T11:00:12",
        "2025-06-01T11:00:12Z",
        "2025-06-01 11:00:12+00:00",
        "2025-06-01T11:00:12.000+00:00"
      })
  void timesAreReadAsPythonWritesThem(String time) {
    assertThat(ProgressText.parse("{\"progress\":1,\"create_time\":\"" + time + "\"}", NOW))
        .contains(new Progress(1, "", TOLD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "{",
        "{}",
        "}{",
        "{\"progress\":}",
        "{\"progress\":\"half\"}",
        "{\"message\":\"no number\"}",
        "{\"progress\":1",
        "{\"progress\":{\"nested\":1}}",
        "{\"progress\":1,\"message\":\"\\u00zz\"}"
      })
  void whatTellsNothingIsNoProgress(String text) {
    assertThat(ProgressText.parse(text, NOW)).isEmpty();
  }
}
