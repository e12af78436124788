package io.github.datasphere.emulator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import java.time.Clock;
import java.util.Locale;

/** Tells in system.log what a queued job waits for. */
final class QueueWords {
  private static final double GIB = 1L << 30;

  private final JobLog logs;
  private final Clock clock;

  QueueWords(JobLog logs, Clock clock) {
    this.logs = logs;
    this.clock = clock;
  }

  void waits(RunQueue.Waiting waiting) {
    var text = String.format(
        Locale.ROOT,
        "[INFO] Waiting for room: this job takes %.1f vCPU and %.1f GiB; running jobs take %.1f"
            + " vCPU and %.1f GiB; %d jobs are ahead in the queue%n",
        waiting.demand().cpus(),
        waiting.demand().memoryBytes() / GIB,
        waiting.inUse().cpus(),
        waiting.inUse().memoryBytes() / GIB,
        waiting.ahead());
    logs.append(
        waiting.job().id(), new LogRecord(LogSource.SYSTEM, clock.instant(), text.getBytes(UTF_8)));
  }
}
