package io.github.datasphere.emulator.job.lifecycle;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.lifecycle.Decision.Decided;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.Decision.Unchanged;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationChange;
import io.github.datasphere.emulator.job.operation.OperationKind;
import io.github.datasphere.emulator.job.operation.OperationResult;
import java.time.Instant;

/**
 * Decides how long data live, and how they are removed (service-behaviour 6.4 to 6.7, 10.18 to
 * 10.21).
 */
final class Retention {
  private Retention() {}

  static Decision setTtl(Job job, JobCommand.SetDataTtl command, Instant now) {
    if (job.data().cleared()) {
      return Rejected.precondition(
          "The data of job " + job.id() + " is cleared already: it has no time to live.");
    }
    return Decided.to(job.with(job.data().with(command.ttl(), job.retentionBase(), now)));
  }

  static Decision clear(Job job, JobCommand.ClearData command, Instant now) {
    var cleared = withoutData(job);
    if (command.operation() == null) {
      return cleared;
    }
    var operation = Operation.open(command.operation(), OperationKind.DELETE_DATA, job, now)
        .ended(new OperationResult.Done(), null, now);
    return cleared.and(new OperationChange.Begin(operation));
  }

  static Decision expire(Job job, JobCommand.ExpireData command, Instant now) {
    var end = job.deadline();
    return end.isEmpty() || now.isBefore(end.get()) ? new Unchanged() : withoutData(job);
  }

  static Decision delete(Job job, JobCommand.Delete command, Instant now) {
    var operation = Operation.open(command.operation(), OperationKind.DELETE, job, now)
        .ended(new OperationResult.Done(), null, now);
    return Decided.remove(job)
        .and(new OperationChange.Begin(operation))
        .and(new Effect.EndLog(job.id()), new Effect.DeleteLog(job.id()))
        .and(new Effect.Unlink(job.claims()));
  }

  private static Decided withoutData(Job job) {
    return Decided.to(job.with(job.data().afterClearing()))
        .and(new Effect.DeleteLog(job.id()), new Effect.Unlink(job.claims()));
  }
}
