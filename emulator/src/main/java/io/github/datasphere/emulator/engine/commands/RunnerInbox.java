package io.github.datasphere.emulator.engine.commands;

import io.github.datasphere.emulator.engine.files.FileClaims;
import io.github.datasphere.emulator.engine.files.FinishedRuns;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.JobCommand;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the events of a runner into commands. A runner tells each event once. If the store cannot
 * take it, for example on a full disk, the event and all later ones of this job are kept and tried
 * again.
 */
public final class RunnerInbox implements RunnerEvents {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Supplier<JobCommandProcessor> commands;
  private final FileClaims claims;
  private final StoreOutage outage;
  private final FinishedRuns finished;
  private final Scheduler scheduler;

  /** Events that could not be committed yet. Each queue is used only in turns of its job. */
  private final Map<JobId, Queue<RunnerEvent>> late = new ConcurrentHashMap<>();

  public RunnerInbox(
      Supplier<JobCommandProcessor> commands,
      FileClaims claims,
      FinishedRuns finished,
      Scheduler scheduler,
      StoreOutage outage) {
    this.commands = commands;
    this.claims = claims;
    this.outage = outage;
    this.finished = finished;
    this.scheduler = scheduler;
  }

  @Override
  public void accept(RunnerEvent event) {
    commands.get().post(event.job(), () -> take(event));
  }

  @Override
  public void publish(JobId job, StagedFile file) throws IOException {
    claims.publish(job, file);
  }

  private void take(RunnerEvent event) {
    var before = late.get(event.job());
    if (before != null) {
      before.add(event);
    } else if (!isDone(event)) {
      var queue = new ArrayDeque<RunnerEvent>();
      queue.add(event);
      late.put(event.job(), queue);
      tryAgainSoon(event.job());
    }
  }

  private void tryAgainSoon(JobId job) {
    var soon = scheduler.clock().instant().plus(PAUSE);
    var ignored = scheduler.at(soon, () -> commands.get().post(job, () -> tryAgain(job)));
  }

  private void tryAgain(JobId job) {
    var queue = late.getOrDefault(job, new ArrayDeque<>());
    while (!queue.isEmpty()) {
      if (!isDone(queue.element())) {
        tryAgainSoon(job);
        return;
      }
      queue.remove();
    }
    late.remove(job);
  }

  /** Commits an event; returns false if the store did not take it. */
  private boolean isDone(RunnerEvent event) {
    try {
      if (event instanceof RunnerEvent.OutputsCollected outputs) {
        finish(outputs);
      } else {
        commands.get().handle(event.job(), job -> command(event));
      }
      outage.end(event.job());
      return true;
    } catch (RejectedException e) {
      log().debug("Job {}: {}", event.job(), e.getMessage());
      outage.end(event.job());
      return true;
    } catch (UncheckedIOException e) {
      var name = event.getClass().getSimpleName();
      outage.begin(event.job(), "The report " + name + " of job " + event.job(), e);
      return false;
    }
  }

  private static JobCommand command(RunnerEvent event) {
    if (event instanceof RunnerEvent.Started) {
      return new JobCommand.Started();
    }
    if (event instanceof RunnerEvent.Progressed progressed) {
      return new JobCommand.ReportProgress(progressed.progress());
    }
    if (event instanceof RunnerEvent.Ended ended) {
      return new JobCommand.End(ended.ending());
    }
    throw new AssertionError(event);
  }

  private void finish(RunnerEvent.OutputsCollected outputs) {
    var job = commands.get().find(outputs.job());
    if (job.isPresent()) {
      // A cancelled job does not wait for the storage, which may be the reason for the cancel
      var sound = job.get().status() == JobStatus.CANCELLING
          ? outputs.collected()
          : finished.lookAt(job.get(), outputs.collected());
      commands.get().handle(outputs.job(), now -> new JobCommand.Finish(sound));
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(RunnerInbox.class);
  }
}
