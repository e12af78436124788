package io.github.datasphere.emulator.job.spec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a graceful cancel asks the program to end (service-behaviour 2.15, 4.22).
 *
 * @param timeout null if the client left it open (service-behaviour 10.29)
 * @param signal number as in {@code kill -l}; 0 if the client left it open
 */
public record GracefulShutdown(@Nullable Duration timeout, int signal) {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final int SIGTERM = 15;

  public Duration effectiveTimeout() {
    return timeout == null ? DEFAULT_TIMEOUT : timeout;
  }

  public int effectiveSignal() {
    return signal == 0 ? SIGTERM : signal;
  }
}
