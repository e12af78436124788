package io.github.datasphere.emulator.job.lifecycle;

import static io.github.datasphere.emulator.job.JobStatus.CANCELLED;
import static io.github.datasphere.emulator.job.JobStatus.CANCELLING;
import static io.github.datasphere.emulator.job.JobStatus.CREATING;
import static io.github.datasphere.emulator.job.JobStatus.ERROR;
import static io.github.datasphere.emulator.job.JobStatus.EXECUTING;
import static io.github.datasphere.emulator.job.JobStatus.PREPARING;
import static io.github.datasphere.emulator.job.JobStatus.SUCCESS;
import static io.github.datasphere.emulator.job.JobStatus.UPLOADING_OUTPUT;
import static io.github.datasphere.emulator.job.lifecycle.Transitions.on;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.lifecycle.Decision.Decided;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.Decision.Unchanged;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationChange;
import io.github.datasphere.emulator.job.operation.OperationKind;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Holds every legal change of a job's state in one table; all its functions are pure
 * (service-behaviour 3.12 and section 10).
 */
public final class JobLifecycle {
  private static final Set<JobStatus> TERMINAL = EnumSet.of(SUCCESS, ERROR, CANCELLED);
  private static final Set<JobStatus> IDLE = EnumSet.of(CREATING, SUCCESS, ERROR, CANCELLED);
  private static final Set<JobStatus> RUNNING = EnumSet.of(PREPARING, EXECUTING);
  private static final Set<JobStatus> ACTIVE =
      EnumSet.of(PREPARING, EXECUTING, UPLOADING_OUTPUT, CANCELLING);
  private static final Set<JobStatus> PAST_COMMAND =
      EnumSet.of(UPLOADING_OUTPUT, CANCELLING, SUCCESS, ERROR, CANCELLED);
  private static final Set<JobStatus> UNPREPARED = EnumSet.complementOf(EnumSet.of(PREPARING));
  private static final Set<JobStatus> ANY = EnumSet.allOf(JobStatus.class);

  private final JobEndings endings;
  private final Transitions table;

  /**
   * @param forgiveMissingOutputs whether a job that misses a declared output, and nothing else, is
   *     a SUCCESS (service-behaviour 10.6)
   */
  public JobLifecycle(boolean forgiveMissingOutputs) {
    this.endings = new JobEndings(forgiveMissingOutputs);
    this.table = Transitions.of(
        // Execute: 3.3, 10.4, 10.5
        on(CREATING, JobCommand.Execute.class, JobLifecycle::start),
        on(ACTIVE, JobCommand.Execute.class, JobLifecycle::nothing),
        on(TERMINAL, JobCommand.Execute.class, JobLifecycle::executeEnded),
        // Beyond the quota: 3.17
        on(PREPARING, JobCommand.TurnAway.class, QuotaRefusal::turnAway),
        on(UNPREPARED, JobCommand.TurnAway.class, JobLifecycle::nothing),
        // Cancel: 4.22, 6.2, 6.3, 10.9, 10.29
        on(CREATING, JobCommand.Cancel.class, JobLifecycle::cancelUnstarted),
        on(PREPARING, JobCommand.Cancel.class, JobLifecycle::cancelPreparation),
        on(EXECUTING, JobCommand.Cancel.class, JobLifecycle::cancelCommand),
        on(UPLOADING_OUTPUT, JobCommand.Cancel.class, JobLifecycle::cancelCollecting),
        on(CANCELLING, JobCommand.Cancel.class, JobLifecycle::cancelAgain),
        on(TERMINAL, JobCommand.Cancel.class, JobLifecycle::nothing),
        on(CANCELLING, JobCommand.LosePatience.class, JobLifecycle::losePatience),
        on(RUNNING, JobCommand.LosePatience.class, JobLifecycle::nothing),
        on(UPLOADING_OUTPUT, JobCommand.LosePatience.class, JobLifecycle::nothing),
        on(IDLE, JobCommand.LosePatience.class, JobLifecycle::nothing),
        // The runner's events: 3.4, 3.5, 3.6, 3.8, 4.20
        on(PREPARING, JobCommand.Started.class, JobLifecycle::markExecuting),
        on(EXECUTING, JobCommand.Started.class, JobLifecycle::nothing),
        on(PAST_COMMAND, JobCommand.Started.class, JobLifecycle::startedTooLate),
        on(RUNNING, JobCommand.ReportProgress.class, JobLifecycle::report),
        on(PAST_COMMAND, JobCommand.ReportProgress.class, JobLifecycle::nothing),
        on(RUNNING, JobCommand.End.class, JobLifecycle::collect),
        on(UPLOADING_OUTPUT, JobCommand.End.class, this::endedAgain),
        on(CANCELLING, JobCommand.End.class, this::endedCancelling),
        on(TERMINAL, JobCommand.End.class, JobLifecycle::nothing),
        on(UPLOADING_OUTPUT, JobCommand.Finish.class, this::finish),
        on(CANCELLING, JobCommand.Finish.class, this::finish),
        on(TERMINAL, JobCommand.Finish.class, JobLifecycle::nothing),
        // Data: 6.4 to 6.7, 10.18 to 10.21
        on(ANY, JobCommand.SetDataTtl.class, Retention::setTtl),
        on(TERMINAL, JobCommand.ClearData.class, Retention::clear),
        on(IDLE, JobCommand.ExpireData.class, Retention::expire),
        on(ACTIVE, JobCommand.ExpireData.class, JobLifecycle::nothing),
        on(IDLE, JobCommand.Delete.class, Retention::delete));
  }

  /** Decides what the command does to the job at this moment; changes nothing itself. */
  public Decision decide(Job job, JobCommand command, Instant now) {
    return table.decide(job, command, now);
  }

  /**
   * Returns, after a crash, the effects that follow from the committed state
   * (docs/architecture.md).
   */
  public List<Effect> reconcile(Job job) {
    return switch (job.status()) {
      case CREATING -> List.of();
      case PREPARING -> job.isTurnedAway() ? List.of() : List.of(new Effect.Run(job));
      case EXECUTING -> List.of(new Effect.Run(job));
      case UPLOADING_OUTPUT -> List.of(new Effect.Collect(job));
      case CANCELLING ->
        job.execution().ending() != null
            ? List.of(new Effect.Collect(job))
            : List.of(stopEffect(job));
      case SUCCESS, ERROR, CANCELLED ->
        List.of(new Effect.EndLog(job.id()), new Effect.Release(job.id()));
    };
  }

  private static Effect stopEffect(Job job) {
    var graceful = job.parameters().gracefulShutdown();
    return graceful != null && job.execution().killAt() != null
        ? new Effect.Signal(job.id(), graceful.effectiveSignal())
        : new Effect.Kill(job.id());
  }

  private static Decision nothing(Job job, JobCommand command, Instant now) {
    return new Unchanged();
  }

  private static Decision start(Job job, JobCommand.Execute command, Instant now) {
    if (job.data().cleared()) {
      return Rejected.precondition(
          "Job " + job.id() + " cannot be executed: its data is cleared. Create it again.");
    }
    if (!command.missingFiles().isEmpty()) {
      return Rejected.precondition("Job "
          + job.id()
          + " cannot be executed: upload these files first, then execute again: "
          + String.join(", ", command.missingFiles()));
    }
    var execution = job.execution().with(command.operation());
    if (command.beyondQuota()) {
      var turnedAway = job.with(PREPARING, execution.turnAwayAt(QuotaRefusal.at(now)));
      return Decided.to(turnedAway).and(begin(command, turnedAway, now));
    }
    var next = job.with(PREPARING, execution);
    return Decided.to(next).and(begin(command, next, now)).and(new Effect.Run(next));
  }

  private static OperationChange begin(JobCommand.Execute command, Job job, Instant now) {
    return new OperationChange.Begin(
        Operation.open(command.operation(), OperationKind.EXECUTE, job, now));
  }

  /**
   * Executes a job that has ended. One that was cancelled before Execute has no operation yet, so
   * it gets one.
   */
  private static Decision executeEnded(Job job, JobCommand.Execute command, Instant now) {
    if (job.execution().operation() != null) {
      return new Unchanged();
    }
    var next = job.with(job.execution().with(command.operation()));
    var ended = Operation.open(command.operation(), OperationKind.EXECUTE, next, now)
        .ended(JobEndings.cancelled(), next, now);
    return Decided.to(next).and(new OperationChange.Begin(ended));
  }

  private static Decision cancelUnstarted(Job job, JobCommand.Cancel command, Instant now) {
    var next = job.finished(CANCELLED, JobEndings.CANCELLED_TEXT, Collected.NOTHING, now);
    return Decided.to(next).and(new Effect.EndLog(job.id()));
  }

  private static Decision cancelPreparation(Job job, JobCommand.Cancel command, Instant now) {
    if (job.isTurnedAway()) {
      return QuotaRefusal.cancel(job, now);
    }
    return Decided.to(job.with(CANCELLING, job.execution())).and(new Effect.Kill(job.id()));
  }

  private static Decision cancelCommand(Job job, JobCommand.Cancel command, Instant now) {
    var graceful = job.parameters().gracefulShutdown();
    if (!command.graceful() || graceful == null) {
      return cancelPreparation(job, command, now);
    }
    var killAt = now.plus(graceful.effectiveTimeout());
    return Decided.to(job.with(CANCELLING, job.execution().killAt(killAt)))
        .and(new Effect.Signal(job.id(), graceful.effectiveSignal()));
  }

  private static Decision cancelCollecting(Job job, JobCommand.Cancel command, Instant now) {
    return Decided.to(job.with(CANCELLING, job.execution())).and(new Effect.Kill(job.id()));
  }

  private static Decision cancelAgain(Job job, JobCommand.Cancel command, Instant now) {
    if (command.graceful()) {
      return new Unchanged();
    }
    // Its outputs are being stored; a user who cancels again does not want them
    return job.execution().ending() == null
        ? killNow(job)
        : Decided.to(job).and(new Effect.Kill(job.id()));
  }

  private static Decision losePatience(Job job, JobCommand.LosePatience command, Instant now) {
    var killAt = job.execution().killAt();
    return killAt == null || now.isBefore(killAt) ? new Unchanged() : killNow(job);
  }

  private static Decision killNow(Job job) {
    return job.execution().killAt() == null
        ? new Unchanged()
        : Decided.to(job.with(job.execution().killAt(null))).and(new Effect.Kill(job.id()));
  }

  private static Decision markExecuting(Job job, JobCommand.Started command, Instant now) {
    return Decided.to(job.with(EXECUTING, job.execution().startedAt(now)));
  }

  private static Decision startedTooLate(Job job, JobCommand.Started command, Instant now) {
    return job.status() == CANCELLING && job.execution().startedAt() == null
        ? Decided.to(job.with(job.execution().startedAt(now)))
        : new Unchanged();
  }

  private static Decision report(Job job, JobCommand.ReportProgress command, Instant now) {
    return Decided.to(job.with(job.execution().with(command.progress())));
  }

  private static Decision collect(Job job, JobCommand.End command, Instant now) {
    var next = job.with(UPLOADING_OUTPUT, job.execution().with(command.ending()));
    return Decided.to(next).and(new Effect.Collect(next));
  }

  /**
   * Handles a second end: it is an echo of the first, or the run was lost while it was collected.
   */
  private Decision endedAgain(Job job, JobCommand.End command, Instant now) {
    if (!(command.ending() instanceof Ending.Failed)) {
      return new Unchanged();
    }
    var lost = job.with(job.execution().with(command.ending()));
    return endings.finish(lost, Collected.NOTHING, now);
  }

  private Decision endedCancelling(Job job, JobCommand.End command, Instant now) {
    if (job.execution().ending() != null) {
      return endedAgain(job, command, now);
    }
    var next = job.with(job.execution().with(command.ending()));
    return Decided.to(next).and(new Effect.Collect(next));
  }

  private Decision finish(Job job, JobCommand.Finish command, Instant now) {
    return endings.finish(job, command.collected(), now);
  }
}
