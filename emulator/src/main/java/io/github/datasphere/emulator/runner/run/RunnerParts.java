package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogWriters;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.SystemLog;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all runs of one runner share, whatever they run in.
 *
 * @param threads threads for work that waits
 * @param timer one thread for short work; it ends while nothing is due
 */
public record RunnerParts(
    RunnerPorts ports,
    RunnerEvents events,
    JobResources resources,
    Durability durability,
    ExecutorService threads,
    ScheduledThreadPoolExecutor timer,
    LogWriters writers) {
  private static final long IDLE_SECONDS = 10;

  /**
   * Makes the parts of one runner.
   *
   * @param name name of its threads
   */
  public static RunnerParts of(
      String name,
      RunnerPorts ports,
      RunnerEvents events,
      JobResources resources,
      Durability durability) {
    var factory = threads(name);
    var timer = new ScheduledThreadPoolExecutor(1, factory);
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
    return new RunnerParts(
        ports,
        events,
        resources,
        durability,
        Executors.newCachedThreadPool(factory),
        timer,
        new LogWriters(ports.log(), ports.clock()));
  }

  /** Whether jobs end with the emulator, also when it is killed. */
  public boolean isLeased() {
    return durability == Durability.LEASED;
  }

  /** Whether jobs go on without the emulator when it closes, for the next one to adopt. */
  public boolean areLeftAtClose() {
    return durability == Durability.LEFT_AT_CLOSE;
  }

  public SystemLog systemLog(JobId job) {
    return new SystemLog(ports.log(), job, ports.clock());
  }

  /** Waits this long; less if the thread is interrupted. */
  public void pause(Duration duration) {
    try {
      timer.schedule(() -> {}, duration.toMillis(), TimeUnit.MILLISECONDS).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ThreadFactory threads(String name) {
    var count = new AtomicInteger();
    return task -> {
      var thread = new Thread(task, "datasphere-" + name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
