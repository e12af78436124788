package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.EndingReasons;
import io.github.datasphere.emulator.runner.process.os.ProcessTable;
import io.github.datasphere.emulator.runner.run.CommandEnd;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** The output of a job that lives and dies with the emulator: two pipes. */
final class LeasedOutput implements ProcessOutput {
  private final ProcessRunContext context;
  private final JobId job;
  private final HostSupervisor supervisor;
  private final Token token;

  /**
   * Follows a command that has begun.
   *
   * @param token proves that a report of its end is the supervisor's
   */
  LeasedOutput(ProcessRunContext context, JobId job, HostSupervisor supervisor, Token token) {
    this.context = context;
    this.job = job;
    this.supervisor = supervisor;
    this.token = token;
  }

  @Override
  public CommandEnd follow(BooleanSupplier isLeft) throws IOException {
    // What a killed supervisor leaves behind holds the streams, which would not end before it does
    var rest = supervisor.onGone(() -> ProcessTable.end(job, null));
    try (var out = context.parts().writers().open(job, LogSource.STDOUT, 0);
        var err = context.parts().writers().open(job, LogSource.STDERR, 0)) {
      return supervisor
          .copy(token, out::write, err::write)
          .map(CommandEnd::of)
          .orElseGet(() -> new CommandEnd.Lost(EndingReasons.supervisorGone()));
    } finally {
      rest.cancel(false);
    }
  }
}
