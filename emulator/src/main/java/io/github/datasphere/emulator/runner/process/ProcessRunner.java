package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogWriters;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.Endings;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each job with bash in a directory of its own on this machine. It isolates nothing: a job can
 * do whatever the emulator's user can. Where there is no {@code /proc} (macOS), children of a job
 * that leave its process group are not found, and there are no diagnostics.
 */
public final class ProcessRunner implements JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessRunner.class);
  private static final long CLOSE_SECONDS = 40;
  private static final long CLEAN_UP_SECONDS = 20;

  private final ProcessSettings settings;
  private final RunnerEvents events;
  private final RunContext context;
  private final ExecutorService threads;
  private final Map<JobId, ProcessRun> runs = new ConcurrentHashMap<>();

  /** Ready at once; says loudly what this runner does not do. */
  public ProcessRunner(ProcessSettings settings, RunnerPorts ports, RunnerEvents events) {
    this.settings = settings;
    this.events = events;
    var factory = threads();
    this.threads = Executors.newCachedThreadPool(factory);
    this.context = new RunContext(
        settings,
        ports,
        events,
        threads,
        new HostShell(settings.machine()),
        new LogWriters(ports.log(), ports.clock()),
        new Pulse(factory),
        new FolderWatch(threads));
    LOG.warn(
        "Jobs run as processes of this machine, with all rights of its user and without isolation"
            + " or limits: run only what you trust, or take Docker (--runner docker).");
  }

  @Override
  public void run(Job job) {
    var fresh = new ProcessRun(job.id(), folder(job.id()), context);
    if (runs.putIfAbsent(job.id(), fresh) == null) {
      threads.execute(() -> fresh.run(job));
    }
  }

  @Override
  public void signal(JobId job, int signal) {
    tell(job, Endings.lost(), run -> run.signal(signal));
  }

  @Override
  public void kill(JobId job) {
    tell(job, new Ending.NeverStarted(), ProcessRun::kill);
  }

  @Override
  public void collect(Job job) {
    var known = runs.get(job.id());
    if (known != null) {
      threads.execute(() -> known.collect(job));
      return;
    }
    var restored = new ProcessRun(job.id(), folder(job.id()), context);
    try {
      if (!context.isLeased() && restored.restore()) {
        runs.put(job.id(), restored);
        threads.execute(() -> restored.collect(job));
        return;
      }
    } catch (IOException e) {
      LOG.warn("What an earlier emulator left of job {} cannot be read", job.id(), e);
    }
    events.accept(new RunnerEvent.Ended(job.id(), Endings.lost()));
  }

  @Override
  public void release(JobId job) {
    var known = runs.remove(job);
    if (known != null) {
      threads.execute(known::release);
    } else if (folder(job).exists()) {
      threads.execute(() -> removeLeftOver(folder(job)));
    }
  }

  @Override
  public void sweep(Predicate<JobId> isOpen) {
    if (!Files.isDirectory(settings.folder())) {
      return;
    }
    try (var folders = Files.newDirectoryStream(settings.folder())) {
      for (var path : folders) {
        if (!isOpen.test(new JobId(path.getFileName().toString()))) {
          threads.execute(() -> removeLeftOver(new JobFolder(path)));
        }
      }
    } catch (IOException e) {
      LOG.warn("What ended jobs have left in {} cannot be found", settings.folder(), e);
    }
  }

  @Override
  public void close() {
    context.pulse().close();
    boolean leave = settings.durability() == Durability.LEFT_AT_CLOSE;
    var ends = List.copyOf(runs.values()).stream()
        .map(run -> leave ? (Runnable) run::leave : (Runnable) run::release)
        .map(end -> CompletableFuture.runAsync(end, threads))
        .toArray(CompletableFuture<?>[]::new);
    await(CompletableFuture.allOf(ends));
    context.watch().close();
    context.writers().close();
    threads.shutdown();
    awaitCleanUp();
  }

  /** Adopts first what only an earlier emulator knows. */
  private void tell(JobId job, Ending unknown, Consumer<ProcessRun> verb) {
    var known = runs.get(job);
    if (known != null) {
      threads.execute(() -> verb.accept(known));
    } else if (context.isLeased() || !folder(job).exists()) {
      events.accept(new RunnerEvent.Ended(job, unknown));
    } else {
      var fresh = new ProcessRun(job, folder(job), context);
      var other = runs.putIfAbsent(job, fresh);
      threads.execute(other == null ? () -> fresh.adopt(unknown, verb) : () -> verb.accept(other));
    }
  }

  private static void await(CompletableFuture<Void> ends) {
    try {
      ends.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("Not all jobs could be ended in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Jobs that were released just before the end have folders to be deleted, too. */
  private void awaitCleanUp() {
    try {
      if (!threads.awaitTermination(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Some folders of ended jobs in {} may be left", settings.folder());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeLeftOver(JobFolder folder) {
    try {
      RunRecord.read(folder).ifPresent(left -> ProcessTable.end(left.mark()));
      folder.delete();
    } catch (IOException e) {
      LOG.warn("{}, left by an ended job, was not deleted", folder.path(), e);
    }
  }

  private JobFolder folder(JobId job) {
    return new JobFolder(settings.folder().toAbsolutePath().resolve(job.value()));
  }

  private static ThreadFactory threads() {
    var count = new AtomicInteger();
    return task -> {
      var thread = new Thread(task, "datasphere-process-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
