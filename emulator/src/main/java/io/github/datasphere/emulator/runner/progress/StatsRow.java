package io.github.datasphere.emulator.runner.progress;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What a job took of its machine at one moment: one line for each second in the diagnostic file
 * {@code docker_stats.tsv} (service-behaviour 5.5, 5.9).
 *
 * @param cpuPercent 100 for one core that was busy since the previous row
 * @param memoryLimitBytes memory that the job may take
 * @param receivedBytes through the network since the job began; negative if it is not known
 * @param sentBytes through the network since the job began; negative if it is not known
 */
public record StatsRow(
    Instant time,
    double cpuPercent,
    long memoryBytes,
    long memoryLimitBytes,
    long processes,
    long receivedBytes,
    long sentBytes) {
  /** The first line of the file. */
  public static final String HEADER =
      "time\tcpu_percent\tmemory_bytes\tmemory_limit_bytes\tprocesses\tnetwork_received_bytes"
          + "\tnetwork_sent_bytes\n";

  public String line() {
    return String.format(
        Locale.ROOT,
        "%s\t%.1f\t%d\t%d\t%d\t%s\t%s\n",
        time.truncatedTo(ChronoUnit.SECONDS),
        cpuPercent,
        memoryBytes,
        memoryLimitBytes,
        processes,
        known(receivedBytes),
        known(sentBytes));
  }

  private static String known(long bytes) {
    return bytes < 0 ? "" : Long.toString(bytes);
  }
}
