package io.github.datasphere.emulator.runner.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.plan.StatsRow;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Looks once a second at what a running command takes and how far it says it is. */
final class RunWatch implements AutoCloseable {
  private final RunContext context;
  private final JobId job;
  private final String mark;
  private final Usage usage = new Usage();
  private final ProgressFile progress;
  private final Consumer<ProcessTable> look = this::look;
  private boolean headed;

  /** Begins to look. */
  RunWatch(RunContext context, JobId job, String mark, JobFolder folder) {
    this.context = context;
    this.job = job;
    this.mark = mark;
    this.progress = new ProgressFile(Path.of(folder.layout().progressFile()));
    this.headed = context.ports().log().storedBytes(job, LogSource.DOCKER_STATS) > 0;
    context.pulse().add(look);
  }

  /** Ends it, with a last look at the progress. */
  @Override
  public void close() {
    context.pulse().remove(look);
    report();
  }

  private synchronized void look(ProcessTable table) {
    var pids = table.pids(mark);
    if (!pids.isEmpty()) {
      var row = usage.row(context.ports().clock().instant(), pids).line();
      var text = headed ? row : StatsRow.HEADER + row;
      headed = true;
      context
          .ports()
          .log()
          .append(
              job,
              new LogRecord(
                  LogSource.DOCKER_STATS, context.ports().clock().instant(), text.getBytes(UTF_8)));
    }
    report();
  }

  private void report() {
    progress
        .news(context.ports().clock().instant())
        .ifPresent(news -> context.events().accept(new RunnerEvent.Progressed(job, news)));
  }
}
