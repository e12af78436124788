package io.github.datasphere.emulator.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.memory.MemoryJobLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogContentTest {
  private static final JobId JOB = new JobId("bt1job");
  private final JobLog log = new MemoryJobLog();

  @Test
  void isWhatTheSourceWroteAndNothingElse() throws IOException {
    var expected = new ByteArrayOutputStream();
    for (int i = 0; i < 20_000; i++) {
      append(LogSource.STDOUT, "line " + i + "\n");
      append(LogSource.SYSTEM, "system " + i + "\n");
      append(LogSource.STDERR, "error " + i + "\n");
      expected.writeBytes(("system " + i + "\n").getBytes(UTF_8));
    }
    assertThat(new LogContent(log, JOB, LogSource.SYSTEM).readAllBytes())
        .isEqualTo(expected.toByteArray());
    assertThat(new LogContent(log, JOB, LogSource.STDOUT))
        .asString(UTF_8)
        .startsWith("line 0\nline 1\n")
        .endsWith("line 19999\n");
  }

  @Test
  void bytesComeAsUnsignedNumbers() {
    log.append(JOB, new LogRecord(LogSource.STDOUT, Instant.EPOCH, new byte[] {-1, 0}));
    var content = new LogContent(log, JOB, LogSource.STDOUT);
    assertThat(new int[] {content.read(), content.read(), content.read()})
        .containsExactly(255, 0, -1);
  }

  @Test
  void isEmptyForASilentSource() throws IOException {
    append(LogSource.STDOUT, "x");
    assertThat(new LogContent(log, JOB, LogSource.STDERR).readAllBytes()).isEmpty();
  }

  private void append(LogSource source, String text) {
    log.append(JOB, new LogRecord(source, Instant.EPOCH, text.getBytes(UTF_8)));
  }
}
