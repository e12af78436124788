package io.github.datasphere.emulator.engine.commands;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.engine.files.FileClaims;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.Effect;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerEvents;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the effects of a decision once it is committed. */
public final class Effects {

  private final JobRunner runner;
  private final RunQueue queue;
  private final JobLog logs;
  private final FileClaims claims;
  private final RunnerEvents events;

  public Effects(
      JobRunner runner, RunQueue queue, JobLog logs, FileClaims claims, RunnerEvents events) {
    this.runner = runner;
    this.queue = queue;
    this.logs = logs;
    this.claims = claims;
    this.events = events;
  }

  /**
   * Carries out each effect even if another one fails, since all of them follow from the commit.
   */
  void dispatch(List<Effect> effects) {
    for (var effect : effects) {
      try {
        dispatch(effect);
      } catch (UncheckedIOException e) {
        PlainWarning.tell(
            log(),
            e,
            "{} failed, which the next start makes up for",
            effect.getClass().getSimpleName());
      } catch (RejectedExecutionException e) {
        log().debug("The runner ends; the next start does what is left to do", e);
      }
    }
  }

  private void dispatch(Effect effect) {
    if (effect instanceof Effect.Run run) {
      queue.offer(run.job());
    } else if (effect instanceof Effect.Signal signal) {
      runner.signal(signal.job(), signal.signal());
    } else if (effect instanceof Effect.Kill kill) {
      kill(kill.job());
    } else if (effect instanceof Effect.Collect collect) {
      runner.collect(collect.job());
    } else if (effect instanceof Effect.Release release) {
      claims.letGo(release.job());
      runner.release(release.job());
      queue.leave(release.job());
    } else if (effect instanceof Effect.EndLog end) {
      logs.end(end.job());
    } else if (effect instanceof Effect.DeleteLog delete) {
      logs.delete(delete.job());
    } else if (effect instanceof Effect.Unlink unlink) {
      claims.unlink(unlink.files());
    } else {
      throw new AssertionError(effect);
    }
  }

  /** Kills a job, unless it still waits for room: then the runner does not know it. */
  private void kill(JobId job) {
    if (queue.withdraw(job)) {
      events.accept(new RunnerEvent.Ended(job, new Ending.NeverStarted()));
    } else {
      runner.kill(job);
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(Effects.class);
  }
}
