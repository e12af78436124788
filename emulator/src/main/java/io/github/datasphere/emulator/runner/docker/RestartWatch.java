package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.runner.docker.container.DockerRunContext;
import io.github.datasphere.emulator.runner.docker.container.JobContainer;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time whether a container was restarted from outside. After a restart its
 * streams stay open, but its supervisor knows of no command, so the run would never end.
 */
final class RestartWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RestartWatch.class);

  /** Shorter jobs are over before the first look. */
  private static final long FIRST_SECONDS = 1;

  private static final long PAUSE_SECONDS = 2;

  private final JobContainer container;
  private final ScheduledFuture<?> looks;
  private String startedAt;
  private boolean isRestarted;
  private boolean isClosed;

  /**
   * Begins to look soon; once the container was restarted, each look breaks off the streams that
   * are read from it, also those that were opened while the look before went on.
   *
   * @param startedAt when the container was started; empty if unknown
   */
  RestartWatch(DockerRunContext context, JobContainer container, String startedAt) {
    this.container = container;
    this.startedAt = startedAt;
    var parts = context.parts();
    this.looks = parts
        .timer()
        .scheduleWithFixedDelay(
            () -> parts.threads().execute(this::look),
            FIRST_SECONDS,
            PAUSE_SECONDS,
            TimeUnit.SECONDS);
  }

  /** Looks now. */
  void look() {
    try {
      container.runningSince().ifPresent(this::compare);
    } catch (IOException e) {
      LOG.debug("The engine does not tell since when the container {} runs", container.id(), e);
    }
  }

  synchronized boolean isRestarted() {
    return isRestarted;
  }

  /** Breaks off no stream any more. */
  @Override
  public synchronized void close() {
    isClosed = true;
    looks.cancel(false);
  }

  private synchronized void compare(String since) {
    if (startedAt.isEmpty()) {
      startedAt = since;
    } else if (!startedAt.equals(since)) {
      isRestarted = true;
    }
    if (isRestarted && !isClosed) {
      container.breakOff();
    }
  }
}
