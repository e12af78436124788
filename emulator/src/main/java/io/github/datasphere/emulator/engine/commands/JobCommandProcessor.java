package io.github.datasphere.emulator.engine.commands;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Decided;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.JobCommand;
import io.github.datasphere.emulator.job.lifecycle.JobLifecycle;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationChange;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.JobStore;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the commands of calls, timers and runners' events in one way: load, decide, commit, act.
 */
public final class JobCommandProcessor {
  private final Mailboxes mailboxes = new Mailboxes();
  private final JobLifecycle lifecycle;
  private final JobStore store;
  private final Clock clock;
  private final JobObserver observer;
  private final Deadlines deadlines;
  private final Effects effects;
  private final StoreOutage outage;

  public JobCommandProcessor(
      JobLifecycle lifecycle,
      EnginePorts ports,
      Deadlines deadlines,
      Effects effects,
      StoreOutage outage) {
    this.lifecycle = lifecycle;
    this.store = ports.store();
    this.clock = ports.scheduler().clock();
    this.observer = ports.observer();
    this.deadlines = deadlines;
    this.effects = effects;
    this.outage = outage;
  }

  /**
   * Gives the job a command in its turn and waits for the outcome.
   *
   * @param command makes the command in the turn, from the job as it is then
   * @return the job after the command
   * @throws io.github.datasphere.emulator.job.lifecycle.RejectedException if there is no such job
   *     or the command is refused
   */
  public Job call(JobId id, Function<Job, JobCommand> command) {
    return call(id, command, job -> job);
  }

  /**
   * Gives the job a command, and returns an answer made before the consequences of the command, as
   * a client of the real service gets it. The consequences have nevertheless happened when this
   * returns.
   *
   * @param answer makes the answer once the command is committed, from the job as it is then
   */
  public <T> T call(JobId id, Function<Job, JobCommand> command, Function<Job, T> answer) {
    return mailboxes.call(id, () -> handle(id, command, answer));
  }

  /** Runs a task in a turn of this job, without waiting for it. */
  void post(JobId id, Runnable turn) {
    mailboxes.post(id, turn);
  }

  /** Gives the job a command in its turn. A command that comes too late is only logged. */
  public void postCommand(JobId id, Function<Job, JobCommand> command) {
    postCommand(id, command, taken -> {});
  }

  /**
   * Gives the job a command, and tells {@code done} when the command has been dealt with, whatever
   * its outcome.
   */
  public void postCommand(JobId id, Function<Job, JobCommand> command, Deadlines.Done done) {
    mailboxes.post(id, () -> {
      boolean taken = false;
      try {
        handle(id, command);
        taken = true;
      } catch (RejectedException e) {
        taken = true;
        log().debug("Job {}: {}", id, e.getMessage());
      } catch (UncheckedIOException e) {
        outage.begin(id, "A command of job " + id, e);
      } finally {
        if (taken) {
          outage.end(id);
        }
        done.accept(taken);
      }
    });
  }

  public boolean isIdle() {
    return mailboxes.isIdle();
  }

  Optional<Job> find(JobId id) {
    return store.job(id);
  }

  /** Acts on what was committed before a crash. */
  public void reconcile(Job job) {
    mailboxes.post(job.id(), () -> effects.dispatch(lifecycle.reconcile(job)));
  }

  /** Handles a command; to be called only within a turn of this job. */
  Job handle(JobId id, Function<Job, JobCommand> command) {
    return handle(id, command, job -> job);
  }

  private <T> T handle(JobId id, Function<Job, JobCommand> command, Function<Job, T> answer) {
    var job = store.job(id).orElseThrow(JobCommandProcessor::unknownJob);
    var asked = command.apply(job);
    var now = clock.instant();
    var decision = lifecycle.decide(job, asked, now);
    if (decision instanceof Rejected rejected) {
      observer.decided(job, asked, decision, now);
      throw rejected.asException();
    }
    if (decision instanceof Decided decided) {
      commit(decided);
      observer.decided(job, asked, decision, now);
      try {
        return answer.apply(decided.next());
      } finally {
        effects.dispatch(decided.effects());
      }
    }
    observer.decided(job, asked, decision, now);
    return answer.apply(job);
  }

  public static RuntimeException unknownJob() {
    return Rejected.notFound("Job not found").asException();
  }

  /** Commits the state before the effects; after a crash, reconcile derives the effects from it. */
  private void commit(Decided decided) {
    var now = clock.instant();
    var next = decided.next();
    var operations =
        decided.operations().stream().map(change -> resolve(change, now)).toList();
    store.commit(
        decided.removed()
            ? new Changes(null, next.id(), operations, List.of())
            : new Changes(next, null, operations, List.of()));
    if (!decided.removed()) {
      next.deadline().ifPresent(deadlines::consider);
    }
  }

  private Operation resolve(OperationChange change, Instant now) {
    if (change instanceof OperationChange.Complete complete) {
      var open = store.operation(complete.operation()).orElseThrow();
      return open.ended(complete.result(), complete.finalJob(), now);
    }
    return ((OperationChange.Begin) change).operation();
  }

  private static Logger log() {
    return LoggerFactory.getLogger(JobCommandProcessor.class);
  }
}
