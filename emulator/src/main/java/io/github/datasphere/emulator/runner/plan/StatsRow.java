package io.github.datasphere.emulator.runner.plan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What a job took at one moment: a line of the diagnostic file {@code docker_stats.tsv}, one a
 * second (service-behaviour 5.5, 5.9).
 *
 * @param cpuPercent 100 for one core kept busy since the row before
 * @param memoryLimitBytes what the job may take
 */
public record StatsRow(
    Instant time, double cpuPercent, long memoryBytes, long memoryLimitBytes, long processes) {
  /** The first line of the file. */
  public static final String HEADER =
      "time\tcpu_percent\tmemory_bytes\tmemory_limit_bytes\tprocesses\n";

  public String line() {
    return String.format(
        Locale.ROOT,
        "%s\t%.1f\t%d\t%d\t%d\n",
        time.truncatedTo(ChronoUnit.SECONDS),
        cpuPercent,
        memoryBytes,
        memoryLimitBytes,
        processes);
  }
}
