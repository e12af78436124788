package io.github.datasphere.emulator.runner.progress;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The CPU and memory that a job took at one moment: one line for each second in the diagnostic file
 * {@code docker_stats.tsv} (service-behaviour 5.5, 5.9).
 *
 * @param cpuPercent 100 for one core that was busy since the previous row
 * @param memoryLimitBytes memory that the job may take
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
