package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.EndingReasons;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the runs of one backend by job, and passes the calls of the port on to them. */
public final class Runs implements JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
  private static final long CLOSE_SECONDS = 40;

  private final ExecutionBackend backend;
  private final RunnerParts parts;
  private final Map<JobId, Run> runs = new ConcurrentHashMap<>();

  /** Makes the runner, which is ready at once and closes backend and parts when it is closed. */
  public Runs(ExecutionBackend backend, RunnerParts parts) {
    this.backend = backend;
    this.parts = parts;
  }

  @Override
  public void run(Job job) {
    var fresh = new Run(job.id(), backend, parts);
    if (runs.putIfAbsent(job.id(), fresh) == null) {
      parts.threads().execute(() -> fresh.run(job));
    }
  }

  @Override
  public void signal(JobId job, int signal) {
    tell(job, EndingReasons.lost(), run -> run.signal(signal));
  }

  @Override
  public void kill(JobId job) {
    tell(job, new Ending.NeverStarted(), Run::kill);
  }

  @Override
  public void collect(Job job) {
    var known = runs.get(job.id());
    if (known != null) {
      collect(known, job);
      return;
    }
    var restored = new Run(job.id(), backend, parts);
    try {
      if (restored.restore()) {
        runs.put(job.id(), restored);
        collect(restored, job);
        return;
      }
      parts.events().accept(new RunnerEvent.Ended(job.id(), EndingReasons.lost()));
    } catch (IOException e) {
      parts.events().accept(new RunnerEvent.Ended(job.id(), EndingReasons.fault(job.id(), e)));
    }
  }

  @Override
  public void release(JobId job) {
    var known = runs.remove(job);
    if (known != null) {
      soon(known::release);
    } else if (backend.mayHold(job)) {
      soon(() -> removeLeftOver(job));
    }
  }

  @Override
  public void sweep(Predicate<JobId> isOpen) {
    // By the time that it looks, clients may have begun jobs that were not there at the start
    parts.threads().execute(() -> backend.sweep(job -> isOpen.test(job) || runs.containsKey(job)));
  }

  @Override
  public void close() {
    boolean leave = parts.areLeftAtClose();
    var ends = List.copyOf(runs.values()).stream()
        .map(run -> leave ? (Runnable) run::leave : (Runnable) run::release)
        .map(end -> CompletableFuture.runAsync(end, this::soon))
        .toArray(CompletableFuture<?>[]::new);
    await(CompletableFuture.allOf(ends));
    parts.threads().shutdown();
    awaitThreads();
    parts.timer().shutdownNow();
    backend.close();
    parts.writers().close();
  }

  /** Notes at once that the run is being collected, since that can be broken off from now on. */
  private void collect(Run run, Job job) {
    run.beginCollecting()
        .ifPresent(collecting -> parts.threads().execute(() -> run.collect(job, collecting)));
  }

  /**
   * Passes a call to the run of a job; adopts the run first if only an earlier emulator knows it.
   */
  private void tell(JobId job, Ending unknown, Consumer<Run> verb) {
    var known = runs.get(job);
    if (known != null) {
      parts.threads().execute(() -> verb.accept(known));
    } else if (!backend.mayHold(job)) {
      parts.events().accept(new RunnerEvent.Ended(job, unknown));
    } else {
      var fresh = new Run(job, backend, parts);
      var other = runs.putIfAbsent(job, fresh);
      parts
          .threads()
          .execute(other == null ? () -> fresh.adopt(unknown, verb) : () -> verb.accept(other));
    }
  }

  /**
   * Has a thread do this; once the runner closes, the current one does it at once, since no later
   * moment comes.
   */
  private void soon(Runnable task) {
    try {
      parts.threads().execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  private void removeLeftOver(JobId job) {
    try {
      var sandbox = backend.sandbox(job);
      sandbox.clear();
      sandbox.remove();
    } catch (IOException e) {
      PlainWarning.tell(LOG, e, "What the ended job {} has left was not removed", job);
    }
  }

  private static void await(CompletableFuture<Void> ends) {
    try {
      ends.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("Not all jobs could be ended within {} s", CLOSE_SECONDS);
    } catch (ExecutionException e) {
      LOG.warn("Not all jobs could be ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the threads have ended; everything that was released is removed by then. */
  private void awaitThreads() {
    try {
      if (!parts.threads().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Not everything that ended jobs left could be removed in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
