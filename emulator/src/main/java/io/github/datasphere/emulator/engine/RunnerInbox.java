package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobCommand;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** Turns what a runner tells into commands. */
final class RunnerInbox implements RunnerEvents {
  private final Supplier<JobTurns> turns;
  private final FinishedRuns finished;

  RunnerInbox(Supplier<JobTurns> turns, FinishedRuns finished) {
    this.turns = turns;
    this.finished = finished;
  }

  @Override
  public void accept(RunnerEvent event) {
    if (event instanceof RunnerEvent.OutputsCollected outputs) {
      turns.get().post(outputs.job(), () -> finish(outputs));
    } else {
      turns.get().postCommand(event.job(), job -> command(event));
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
    try {
      var job = turns.get().find(outputs.job());
      if (job.isPresent()) {
        finish(job.get(), outputs);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the file store could not be asked for outputs", e);
    }
  }

  private void finish(Job job, RunnerEvent.OutputsCollected outputs) throws IOException {
    finished.claim(
        job,
        outputs.collected(),
        sound -> turns.get().handle(job.id(), now -> new JobCommand.Finish(sound)),
        () -> turns.get().collectAgain(job));
  }
}
