package io.github.datasphere.emulator.runner.scripted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.logs.LogSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnfinishedLinesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Script script = Script.empty();

  @Test
  void restOfALineIsWaitedForASecond() {
    script = script
        .stdout("one\ntw")
        .after(Duration.ofMillis(500))
        .stdout("o")
        .after(Duration.ofMillis(500))
        .stdout("\n");
    assertThat(record(0)).isEqualTo("one\n");
    assertThat(record(2)).isEmpty();
    assertThat(record(4)).isEqualTo("two\n");
  }

  @Test
  void promptShowsWhileAScriptWaits() {
    script = script.stdout("password: ").after(MINUTE).stdout("\n");
    assertThat(record(0)).isEqualTo("password: ");
    assertThat(record(2)).isEqualTo("\n");
    script = Script.empty().stdout("ready").waitsFor(new Gate("go")).stdout("\n");
    assertThat(record(0)).isEqualTo("ready");
    script = Script.empty().stdout("ready").lasts(MINUTE);
    assertThat(record(0)).isEqualTo("ready");
    script = Script.empty().stdout("ready").performs(job -> {});
    assertThat(record(0)).isEqualTo("ready");
  }

  @Test
  void fullBufferWaitsForItsRestHoweverLong() {
    var lines = "step loss\n".repeat(1000);
    script = script
        .stdout(lines.substring(0, 4096))
        .after(MINUTE)
        .stdout(lines.substring(4096, 8192))
        .lasts(Duration.ofHours(1))
        .stdout(lines.substring(8192));
    assertThat(record(0)).endsWith("\n");
    assertThat(record(2)).endsWith("\n");
    assertThat(record(0) + record(2) + record(4)).isEqualTo(lines);
  }

  @Test
  void streamsWaitEachForItself() {
    script = script.stdout("out").stderr("err").stdout("put\n").exits(0);
    assertThat(record(0)).isEmpty();
    assertThat(record(2)).isEqualTo("output\n");
    assertThat(waiting(3, LogSource.STDERR)).isEqualTo("err");
    assertThat(waiting(3, LogSource.STDOUT)).isEmpty();
  }

  private String record(int step) {
    return new String(new UnfinishedLines(script).record(step), UTF_8);
  }

  private String waiting(int next, LogSource source) {
    return new String(new UnfinishedLines(script).waiting(next, source), UTF_8);
  }
}
