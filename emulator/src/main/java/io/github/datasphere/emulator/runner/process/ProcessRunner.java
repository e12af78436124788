package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each job with bash in a directory of its own on this machine. It isolates nothing: a job can
 * do whatever the emulator's user can.
 */
public final class ProcessRunner implements JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessRunner.class);

  private final ProcessSettings settings;
  private final RunnerEvents events;
  private final RunContext context;
  private final ExecutorService threads;
  private final Map<JobId, ProcessRun> runs = new ConcurrentHashMap<>();

  /** Ready at once; says loudly what this runner does not do. */
  public ProcessRunner(ProcessSettings settings, RunnerPorts ports, RunnerEvents events) {
    this.settings = settings;
    this.events = events;
    this.threads = Executors.newCachedThreadPool(threads());
    this.context =
        new RunContext(settings, ports, events, threads, new HostShell(settings.machine()));
    LOG.warn(
        "Jobs run as processes of this machine, with the rights of its user {} and without any"
            + " isolation or limit: run only jobs that you trust, or use Docker (--runner docker).",
        settings.machine().getOrDefault("USER", "that started the emulator"));
  }

  @Override
  public void run(Job job) {
    var known = new boolean[] {true};
    var run = runs.computeIfAbsent(job.id(), id -> {
      known[0] = false;
      return new ProcessRun(job, folder(id), context);
    });
    if (!known[0]) {
      threads.execute(run::run);
    }
  }

  @Override
  public void signal(JobId job, int signal) {
    var run = runs.get(job);
    if (run != null) {
      run.signal(signal);
    }
  }

  @Override
  public void kill(JobId job) {
    var run = runs.get(job);
    if (run != null) {
      run.kill();
    } else {
      events.accept(new RunnerEvent.Ended(job, new Ending.NeverStarted()));
    }
  }

  @Override
  public void collect(Job job) {
    var run = runs.get(job.id());
    if (run != null) {
      threads.execute(() -> run.collect(job));
    } else {
      events.accept(new RunnerEvent.Ended(job.id(), ProcessRun.lost()));
    }
  }

  @Override
  public void release(JobId job) {
    var run = runs.remove(job);
    if (run != null) {
      threads.execute(run::release);
    }
  }

  @Override
  public void sweep(Predicate<JobId> isOpen) {}

  @Override
  public void close() {
    runs.values().forEach(ProcessRun::release);
    threads.shutdown();
  }

  private JobFolder folder(JobId job) {
    return new JobFolder(settings.folder().toAbsolutePath().resolve(job.value()));
  }

  private static java.util.concurrent.ThreadFactory threads() {
    var count = new AtomicInteger();
    return task -> {
      var thread = new Thread(task, "datasphere-process-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
