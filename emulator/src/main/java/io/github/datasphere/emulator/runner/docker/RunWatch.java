package io.github.datasphere.emulator.runner.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.docker.ContainerUsage;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.plan.StatsRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows once a second what a running job takes and how far it says it is. */
final class RunWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);

  /** The shortest jobs are over before: the engine has better things to do for them. */
  private static final long DELAY_MILLIS = 50;

  private final RunContext context;
  private final JobId job;
  private final String container;
  private final ProgressFile progress;
  private final ScheduledFuture<?> start;
  private ContainerUsage.@Nullable Stream usage;
  private @Nullable ContainerUsage before;
  private @Nullable Instant beforeAt;
  private boolean headed;
  private boolean closed;

  /** Begins soon. */
  RunWatch(RunContext context, JobId job, JobContainer container) {
    this.context = context;
    this.job = job;
    this.container = container.id();
    this.progress = new ProgressFile(context.engine().files(), container.id());
    this.headed = context.ports().log().storedBytes(job, LogSource.DOCKER_STATS) > 0;
    this.start = context
        .timer()
        .schedule(
            () -> context.threads().execute(this::follow), DELAY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Ends it, with a last look at the progress. */
  @Override
  public void close() {
    start.cancel(false);
    ContainerUsage.Stream open;
    synchronized (this) {
      closed = true;
      open = usage;
    }
    if (open != null) {
      open.close();
    }
    synchronized (this) {
      report();
    }
  }

  private void follow() {
    try (var rows = ContainerUsage.follow(context.engine(), container)) {
      synchronized (this) {
        if (closed) {
          return;
        }
        usage = rows;
      }
      while (rows.hasNext()) {
        look(rows.next());
      }
    } catch (IOException | RuntimeException e) {
      // Also what closing it in the middle of a row looks like
      LOG.debug("What job {} takes is no longer followed", job, e);
    }
  }

  private synchronized void look(ContainerUsage now) {
    // The engine's last words on a container that has ended tell zeros
    if (closed || now.processes() == 0) {
      return;
    }
    var time = context.ports().clock().instant();
    var row = new StatsRow(
        time, percent(now, time), now.memoryBytes(), now.memoryLimitBytes(), now.processes());
    before = now;
    beforeAt = time;
    var text = headed ? row.line() : StatsRow.HEADER + row.line();
    headed = true;
    context
        .ports()
        .log()
        .append(job, new LogRecord(LogSource.DOCKER_STATS, time, text.getBytes(UTF_8)));
    report();
  }

  private double percent(ContainerUsage now, Instant time) {
    if (before == null || beforeAt == null) {
      return 0;
    }
    var nanos = Duration.between(beforeAt, time).toNanos();
    return nanos <= 0 ? 0 : 100.0 * Math.max(0, now.cpuNanos() - before.cpuNanos()) / nanos;
  }

  private void report() {
    try {
      progress
          .news(context.ports().clock().instant())
          .ifPresent(news -> context.events().accept(new RunnerEvent.Progressed(job, news)));
    } catch (IOException e) {
      LOG.debug("The progress of job {} cannot be read", job, e);
    }
  }
}
