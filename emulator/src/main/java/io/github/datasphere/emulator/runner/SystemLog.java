package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Tells the job's user what happens while it happens: system.log (service-behaviour 5.8). */
public final class SystemLog {
  /** How a line of a warning begins. */
  public static final String WARNING = "[WARN] ";

  private final JobLog log;
  private final JobId job;
  private final Clock clock;

  public SystemLog(JobLog log, JobId job, Clock clock) {
    this.log = log;
    this.job = job;
    this.clock = clock;
  }

  public void info(String text) {
    line("[INFO] ", text);
  }

  /** Writes a warning, which {@code run} shows on its console too. */
  public void warn(String text) {
    line(WARNING, text);
  }

  public void error(String text) {
    line("[ERROR] ", text);
  }

  private void line(String level, String text) {
    var content = (level + text + "\n").getBytes(StandardCharsets.UTF_8);
    log.append(job, new LogRecord(LogSource.SYSTEM, clock.instant(), content));
  }
}
