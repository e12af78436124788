package io.github.datasphere.emulator.job.lifecycle;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.id.OperationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The commands, each in the forms that make a difference, and when they come. */
enum Order {
  EXECUTE(new JobCommand.Execute(new OperationId("bt1new"), List.of(), false)),
  EXECUTE_WITHOUT_FILES(new JobCommand.Execute(new OperationId("bt1new"), List.of("input"), false)),
  EXECUTE_BEYOND_QUOTA(new JobCommand.Execute(new OperationId("bt1new"), List.of(), true)),
  TURN_AWAY(new JobCommand.TurnAway(), Situation.TURN_AWAY_AT),
  TURN_AWAY_EARLY(new JobCommand.TurnAway(), Situation.TURN_AWAY_AT.minusMillis(1)),
  CANCEL(new JobCommand.Cancel(false)),
  CANCEL_GRACEFULLY(new JobCommand.Cancel(true)),
  LOSE_PATIENCE(new JobCommand.LosePatience()),
  LOSE_PATIENCE_EARLY(new JobCommand.LosePatience(), Situation.KILL_AT.minusMillis(1)),

  STARTED(new JobCommand.Started()),
  PROGRESS(new JobCommand.ReportProgress(new Progress(50, "half", Situation.STARTED))),
  EXITED_0(new JobCommand.End(new Ending.Exited(0, ""))),
  EXITED_1(new JobCommand.End(new Ending.Exited(1, ""))),
  NEVER_STARTED(new JobCommand.End(new Ending.NeverStarted())),
  FAILED(new JobCommand.End(new Ending.Failed(ErrorCode.FAILED_PRECONDITION, "no image"))),
  FINISH(new JobCommand.Finish(Situation.results(Situation.OUTPUT))),
  FINISH_INCOMPLETE(new JobCommand.Finish(incomplete())),

  SET_TTL(new JobCommand.SetDataTtl(Duration.ofDays(1))),
  CLEAR(new JobCommand.ClearData(new OperationId("bt1new"))),
  EXPIRE(new JobCommand.ExpireData(), Situation.FINISHED.plus(Situation.TTL)),
  EXPIRE_EARLY(
      new JobCommand.ExpireData(), Situation.CREATED.plus(Situation.TTL).minusMillis(1)),
  DELETE(new JobCommand.Delete(new OperationId("bt1new")));

  private final JobCommand command;
  private final Instant at;

  Order(JobCommand command) {
    this(command, Situation.FINISHED.plusSeconds(1));
  }

  Order(JobCommand command, Instant at) {
    this.command = command;
    this.at = at;
  }

  JobCommand command() {
    return command;
  }

  Instant at() {
    return at;
  }

  private static Collected incomplete() {
    var error =
        new FileError.Output(Situation.OUTPUT.desc(), FileError.Type.NOT_FOUND, "Not found");
    return new Collected(List.of(), List.of(), List.of(), List.of(error), List.of());
  }
}
