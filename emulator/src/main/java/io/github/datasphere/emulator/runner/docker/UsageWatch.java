package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.ContainerUsage;
import io.github.datasphere.emulator.runner.docker.container.DockerRunContext;
import io.github.datasphere.emulator.runner.docker.container.JobContainer;
import io.github.datasphere.emulator.runner.progress.StatsRow;
import io.github.datasphere.emulator.runner.run.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the engine's report, once a second, of the CPU and memory that a container takes. */
final class UsageWatch implements Sandbox.Watching {
  private static final Logger LOG = LoggerFactory.getLogger(UsageWatch.class);

  /** The shortest jobs are over before the first look, and the engine is spared the work. */
  private static final long DELAY_MILLIS = 50;

  private final DockerRunContext context;
  private final String container;
  private final Consumer<Optional<StatsRow>> look;
  private final ScheduledFuture<?> start;
  private ContainerUsage.@Nullable Stream usage;
  private @Nullable ContainerUsage before;
  private @Nullable Instant beforeAt;
  private boolean closed;

  /** Begins to follow soon. */
  UsageWatch(DockerRunContext context, JobContainer container, Consumer<Optional<StatsRow>> look) {
    this.context = context;
    this.container = container.id();
    this.look = look;
    var parts = context.parts();
    this.start = parts
        .timer()
        .schedule(() -> parts.threads().execute(this::follow), DELAY_MILLIS, TimeUnit.MILLISECONDS);
  }

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
      // Closing the stream in the middle of a row looks like this too
      LOG.debug("What the container {} takes is no longer followed", container, e);
    }
  }

  private synchronized void look(ContainerUsage now) {
    // For a container that has ended, the engine's last report has only zeros
    if (closed || now.processes() == 0) {
      return;
    }
    var time = context.parts().ports().clock().instant();
    look.accept(Optional.of(new StatsRow(
        time,
        percent(now, time),
        now.memoryBytes(),
        now.memoryLimitBytes(),
        now.processes(),
        now.receivedBytes(),
        now.sentBytes())));
    before = now;
    beforeAt = time;
  }

  private double percent(ContainerUsage now, Instant time) {
    if (before == null || beforeAt == null) {
      return 0;
    }
    var nanos = Duration.between(beforeAt, time).toNanos();
    return nanos <= 0 ? 0 : 100.0 * Math.max(0, now.cpuNanos() - before.cpuNanos()) / nanos;
  }
}
