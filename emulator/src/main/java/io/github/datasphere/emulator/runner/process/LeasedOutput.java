package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** The output of a job that lives and dies with the emulator: two pipes. */
final class LeasedOutput implements CommandOutput {
  private final RunContext context;
  private final JobId job;
  private final Preparation.Prepared prepared;
  private final Token token;

  private LeasedOutput(RunContext context, JobId job, Preparation.Prepared prepared, Token token) {
    this.context = context;
    this.job = job;
    this.prepared = prepared;
    this.token = token;
  }

  /** Starts the command. */
  static LeasedOutput begin(RunContext context, JobId job, Preparation.Prepared prepared)
      throws IOException {
    var token = prepared.supervisor().begin(Preparation.SCRIPT, prepared.environment());
    return new LeasedOutput(context, job, prepared, token);
  }

  @Override
  public End follow(BooleanSupplier isLeft) throws IOException {
    try (var out = context.writers().open(job, LogSource.STDOUT);
        var err = context.writers().open(job, LogSource.STDERR)) {
      var code = prepared.supervisor().copy(token, out::write, err::write);
      return code.isPresent() ? End.exited(code.getAsInt()) : End.SUPERVISOR_GONE;
    }
  }
}
