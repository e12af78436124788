package io.github.datasphere.emulator.runner.process.os;

import io.github.datasphere.emulator.runner.progress.StatsRow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures what the processes of one job take, second by second. */
public final class Usage {
  private static final String RESIDENT = "VmRSS:";

  private Map<Long, Duration> cpuBefore = Map.of();
  private @Nullable Instant before;

  /** Returns the row for this moment; CPU time counts from the previous call. */
  public StatsRow row(Instant now, List<Long> pids) {
    var cpu = new HashMap<Long, Duration>();
    var spent = Duration.ZERO;
    long memory = 0;
    for (var pid : pids) {
      var total = ProcessHandle.of(pid)
          .flatMap(process -> process.info().totalCpuDuration())
          .orElse(Duration.ZERO);
      cpu.put(pid, total);
      spent = spent.plus(total.minus(cpuBefore.getOrDefault(pid, Duration.ZERO)));
      memory += resident(pid);
    }
    var wall = before == null ? Duration.ZERO : Duration.between(before, now);
    cpuBefore = cpu;
    before = now;
    double percent = wall.isZero() ? 0 : 100.0 * spent.toNanos() / wall.toNanos();
    // Linux counts the network of a machine, not of a process
    return new StatsRow(now, Math.max(0, percent), memory, machineMemory(), pids.size(), -1, -1);
  }

  private static long resident(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      // The process has just ended
      return 0;
    }
  }

  /** Returns the memory of the machine, since a process may take all of it. */
  private static long machineMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
