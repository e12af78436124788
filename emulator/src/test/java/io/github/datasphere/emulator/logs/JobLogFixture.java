package io.github.datasphere.emulator.logs;

import static io.github.datasphere.emulator.logs.LogSource.STDERR;
import static io.github.datasphere.emulator.logs.LogSource.STDOUT;
import static io.github.datasphere.emulator.logs.LogSource.SYSTEM;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.id.JobId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A log to be tested, and short ways to fill and read it. */
abstract class JobLogFixture {
  protected static final JobId JOB = new JobId("bt1job");
  protected static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");
  protected static final int MANY = 1 << 20;

  protected JobLog log;

  /** A log without records. */
  protected abstract JobLog open() throws Exception;

  @BeforeEach
  void openLog() throws Exception {
    log = open();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  protected void out(String text) {
    log.append(JOB, record(STDOUT, text));
  }

  protected void err(String text) {
    log.append(JOB, record(STDERR, text));
  }

  protected void system(String text) {
    log.append(JOB, record(SYSTEM, text));
  }

  protected List<String> read(LogSelection selection, long index) {
    return texts(log.read(JOB, selection, index, MANY));
  }

  protected static LogRecord record(LogSource source, String text) {
    return new LogRecord(source, NOON, text.getBytes(UTF_8));
  }

  protected static List<String> texts(LogPage page) {
    return page.records().stream()
        .map(record -> new String(record.content(), UTF_8))
        .toList();
  }
}
