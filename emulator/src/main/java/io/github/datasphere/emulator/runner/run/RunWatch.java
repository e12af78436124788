package io.github.datasphere.emulator.runner.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.progress.ProgressText;
import io.github.datasphere.emulator.runner.progress.StatsRow;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once a second what a running command takes and how far it says it is. */
final class RunWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);

  private final JobId job;
  private final Sandbox sandbox;
  private final RunnerParts parts;
  private final Sandbox.Watching watching;
  private boolean headed;
  private @Nullable Progress last;

  /** Begins to watch. */
  RunWatch(JobId job, Sandbox sandbox, RunnerParts parts) {
    this.job = job;
    this.sandbox = sandbox;
    this.parts = parts;
    this.headed = parts.ports().log().storedBytes(job, LogSource.DOCKER_STATS) > 0;
    this.watching = sandbox.watch(this::look);
  }

  /** Ends the watch after a last look at the progress. */
  @Override
  public void close() {
    watching.close();
    report();
  }

  private void look(Optional<StatsRow> row) {
    row.ifPresent(this::append);
    report();
  }

  private synchronized void append(StatsRow row) {
    var text = headed ? row.line() : StatsRow.HEADER + row.line();
    headed = true;
    var record = new LogRecord(LogSource.DOCKER_STATS, row.time(), text.getBytes(UTF_8));
    parts.ports().log().append(job, record);
  }

  /** Reads the file in which the program says how far it is (service-behaviour 5.12). */
  private synchronized void report() {
    try {
      var now = parts.ports().clock().instant();
      var progress = sandbox.progress().flatMap(text -> ProgressText.parse(text, now));
      if (progress.isPresent() && !progress.get().equals(last)) {
        last = progress.get();
        parts.events().accept(new RunnerEvent.Progressed(job, progress.get()));
      }
    } catch (IOException e) {
      LOG.debug("The progress of job {} cannot be read", job, e);
    }
  }
}
