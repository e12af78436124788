package io.github.datasphere.emulator.engine.commands;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** Writes the engine's own messages to a job's user into system.log. */
public final class QueueMessages {
  private static final double GIB = 1L << 30;

  private final JobLog logs;
  private final Clock clock;

  public QueueMessages(JobLog logs, Clock clock) {
    this.logs = logs;
    this.clock = clock;
  }

  /** Says what a queued job waits for. */
  public void waits(RunQueue.Waiting waiting) {
    var text = String.format(
        Locale.ROOT,
        "[INFO] Waiting for room: this job takes %.1f vCPU and %.1f GiB; running jobs take %.1f"
            + " vCPU and %.1f GiB; %d jobs are ahead in the queue\n",
        waiting.demand().cpus(),
        waiting.demand().memoryBytes() / GIB,
        waiting.inUse().cpus(),
        waiting.inUse().memoryBytes() / GIB,
        waiting.ahead());
    say(waiting.job().id(), text);
  }

  /** Says which variables of its source a clone does not get. */
  public void forked(JobId clone, JobId source, List<String> dropped) {
    if (!dropped.isEmpty()) {
      say(
          clone,
          "[INFO] Environment variables of job " + source + " that this one does not get, since its"
              + " own stand in place of all of them: " + String.join(", ", dropped)
              + "\n");
    }
  }

  private void say(JobId job, String text) {
    logs.append(job, new LogRecord(LogSource.SYSTEM, clock.instant(), text.getBytes(UTF_8)));
  }
}
