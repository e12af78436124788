package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.EngineException;
import io.github.datasphere.emulator.docker.Images;
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

/** Runs each job in a container of its own. */
public final class DockerRunner implements JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(DockerRunner.class);
  private static final long CLOSE_SECONDS = 40;

  private final RunnerEvents events;
  private final RunContext context;
  private final LeftOvers leftOvers;
  private final ExecutorService threads;
  private final Map<JobId, DockerRun> runs = new ConcurrentHashMap<>();

  /**
   * Ready at once.
   *
   * @param engine closed with this runner
   */
  public DockerRunner(
      DockerEngine engine, DockerSettings settings, RunnerPorts ports, RunnerEvents events) {
    this.events = events;
    var factory = threads();
    this.threads = Executors.newCachedThreadPool(factory);
    this.context = new RunContext(
        engine,
        new Images(engine),
        settings,
        ports,
        events,
        threads,
        Executors.newSingleThreadScheduledExecutor(factory),
        new LogWriters(ports.log(), ports.clock()));
    this.leftOvers = new LeftOvers(engine, settings.ownership());
    LOG.info("Jobs run in containers of the engine at {}", engine.facts().host());
  }

  @Override
  public void run(Job job) {
    var fresh = new DockerRun(job.id(), context);
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
    tell(job, new Ending.NeverStarted(), DockerRun::kill);
  }

  @Override
  public void collect(Job job) {
    var known = runs.get(job.id());
    if (known != null) {
      threads.execute(() -> known.collect(job));
      return;
    }
    var restored = new DockerRun(job.id(), context);
    try {
      if (restored.restore()) {
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
    } else if (!context.isLeased()) {
      threads.execute(() -> removeLeftOver(job));
    }
  }

  @Override
  public void sweep(Predicate<JobId> isOpen) {
    threads.execute(() -> leftOvers.sweep(isOpen));
  }

  @Override
  public void close() {
    boolean leave = context.settings().durability() == Durability.LEFT_AT_CLOSE;
    var ends = List.copyOf(runs.values()).stream()
        .map(run -> leave ? (Runnable) run::leave : (Runnable) run::release)
        .map(end -> CompletableFuture.runAsync(end, threads))
        .toArray(CompletableFuture<?>[]::new);
    await(CompletableFuture.allOf(ends));
    threads.shutdown();
    awaitThreads();
    if (context.isLeased()) {
      leftOvers.removeVolume(context.pipVolume());
    }
    context.timer().shutdownNow();
    context.writers().close();
    context.engine().close();
  }

  /** Adopts first what only an earlier emulator knows. */
  private void tell(JobId job, Ending unknown, Consumer<DockerRun> verb) {
    var known = runs.get(job);
    if (known != null) {
      threads.execute(() -> verb.accept(known));
    } else if (context.isLeased()) {
      events.accept(new RunnerEvent.Ended(job, unknown));
    } else {
      var fresh = new DockerRun(job, context);
      var other = runs.putIfAbsent(job, fresh);
      threads.execute(other == null ? () -> fresh.adopt(unknown, verb) : () -> verb.accept(other));
    }
  }

  private void removeLeftOver(JobId job) {
    try {
      leftOvers.remove(job);
      RunRecord.delete(context.settings().folder(), job);
    } catch (EngineException e) {
      LOG.warn("What the ended job {} has left in the engine was not removed", job, e);
    } catch (IOException e) {
      LOG.warn("What is known of the ended job {} was not deleted", job, e);
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

  /** What was released before is removed by then. */
  private void awaitThreads() {
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Not all containers of ended jobs could be removed in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory threads() {
    var count = new AtomicInteger();
    return task -> {
      var thread = new Thread(task, "datasphere-docker-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
