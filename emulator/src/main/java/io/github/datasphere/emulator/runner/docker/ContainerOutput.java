package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.Attachment;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.LogWriter;
import io.github.datasphere.emulator.runner.EndingReasons;
import io.github.datasphere.emulator.runner.docker.container.DockerRunContext;
import io.github.datasphere.emulator.runner.docker.container.JobContainer;
import io.github.datasphere.emulator.runner.run.CommandEnd;
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Report;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the output of a command into the log until the command ends, also if the engine goes away
 * for a while.
 */
final class ContainerOutput {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerOutput.class);
  private static final Ending RESTARTED = EndingReasons.failed(
      "The container of the job was restarted from outside, and its command ended with it, so its exit"
          + " code is not known: execute the job again.");
  private static final int ATTEMPTS = 60;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

  private final DockerRunContext context;
  private final JobId job;
  private final JobContainer container;
  private final BooleanSupplier isLeft;
  private volatile ContainerRecord record;

  /**
   * Makes one for one run.
   *
   * @param record of the command that has begun
   * @param isLeft whether the run is not followed any more
   */
  ContainerOutput(
      DockerRunContext context,
      JobId job,
      JobContainer container,
      ContainerRecord record,
      BooleanSupplier isLeft) {
    this.record = record;
    this.context = context;
    this.job = job;
    this.container = container;
    this.isLeft = isLeft;
  }

  /** Follows a command that this emulator has started. */
  CommandEnd follow() throws IOException {
    try (var watch = new RestartWatch(context, container, record.startedAt())) {
      var report = followLive();
      if (report.isPresent()) {
        return CommandEnd.of(report.get());
      }
      if (context.parts().isLeased() || isLeft.getAsBoolean()) {
        return watch.isRestarted() ? new CommandEnd.Lost(RESTARTED) : lost();
      }
      container.letGo();
      return followAgain(watch);
    }
  }

  private Optional<Report> followLive() throws IOException {
    try (var out = writer(LogSource.STDOUT, record.outBefore());
        var err = writer(LogSource.STDERR, record.errBefore())) {
      var report = followLive(out, err);
      if (report.isEmpty() && !context.parts().isLeased()) {
        out.leave();
        err.leave();
      }
      return report;
    }
  }

  private Optional<Report> followLive(LogWriter out, LogWriter err) {
    try {
      return container.copy(record.token(), fenced(out::write), fenced(err::write));
    } catch (IOException e) {
      LOG.debug("The streams of job {} broke off", job, e);
      return Optional.empty();
    }
  }

  /** Follows the command of a container that was not followed for a while. */
  CommandEnd followAgain() throws IOException {
    try (var watch = new RestartWatch(context, container, record.startedAt())) {
      return followAgain(watch);
    }
  }

  private CommandEnd followAgain(RestartWatch watch) throws IOException {
    while (!isLeft.getAsBoolean()) {
      if (!awaitEngine()) {
        return lost();
      }
      watch.look();
      boolean goesOn = !watch.isRestarted();
      var report = readAgain(goesOn);
      if (report.isPresent()) {
        return CommandEnd.of(report.get());
      }
      if (watch.isRestarted() || !container.isRunning()) {
        watch.close();
        // The engine can drop the last output that it sends to followers
        var last = readAgain(false).map(CommandEnd::of);
        return last.orElseGet(() -> watch.isRestarted() ? new CommandEnd.Lost(RESTARTED) : lost());
      }
    }
    return new CommandEnd.Left();
  }

  /**
   * Reads the output from its first byte on, and skips what the log has already.
   *
   * @param goesOn whether more output may come
   */
  private Optional<Report> readAgain(boolean goesOn) throws IOException {
    long knownOut = known(LogSource.STDOUT);
    long knownErr = known(LogSource.STDERR);
    try (var out = writer(LogSource.STDOUT, knownOut);
        var err = writer(LogSource.STDERR, knownErr)) {
      var report = readAgain(
          goesOn,
          fenced(new Skipping(knownOut - record.outBefore(), out)),
          fenced(new Skipping(knownErr - record.errBefore(), err)));
      if (goesOn && report.isEmpty()) {
        out.leave();
        err.leave();
      }
      return report;
    }
  }

  private Optional<Report> readAgain(boolean goesOn, EndMark.Sink out, EndMark.Sink err)
      throws IOException {
    try (var all = Attachment.logs(context.engine(), container.id(), goesOn)) {
      container.reading(all);
      return goesOn
          ? new LogThenLive(context, container, record, this::save, isLeft, out, err).read(all)
          : JobContainer.copy(all, record.token(), record.earlier(), record.marks(), out, err);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (DockerEngineException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      LOG.debug("The output of job {} broke off", job, e);
      return Optional.empty();
    }
  }

  /** Passes on nothing that comes once the run is left or its place is lost: it may be old. */
  private EndMark.Sink fenced(EndMark.Sink sink) {
    return (bytes, offset, length) -> {
      if (!isLeft.getAsBoolean()) {
        sink.accept(bytes, offset, length);
      }
    };
  }

  private void save(ContainerRecord changed) throws IOException {
    changed.save(context.settings().folder(), job);
    record = changed;
  }

  private LogWriter writer(LogSource source, long known) {
    return context.parts().writers().open(job, source, known);
  }

  private long known(LogSource source) {
    return context.parts().ports().log().storedBytes(job, source);
  }

  /** Waits half a minute for an engine that is being restarted. */
  private boolean awaitEngine() {
    for (int attempt = 0; attempt < ATTEMPTS && !isLeft.getAsBoolean(); attempt++) {
      try {
        context.engine().ask(() -> context.engine().client().pingCmd().exec());
        return true;
      } catch (DockerEngineException e) {
        LOG.debug("The engine does not answer", e);
      }
      context.parts().pause(BETWEEN_ATTEMPTS);
    }
    return false;
  }

  private CommandEnd lost() {
    return new CommandEnd.Lost(ending());
  }

  private Ending ending() {
    try {
      context.engine().ask(() -> context.engine().client().pingCmd().exec());
      var words = container.firstWords();
      var reason = ForeignImage.explanation(context.engine(), words)
          .or(() -> Supervisor.refusal(words).map(EndingReasons::imageLacks));
      if (reason.isPresent()) {
        return EndingReasons.failed(reason.get());
      }
      return EndingReasons.failed(
          "The container of the job was ended from outside, by a stop of its engine, by a user or by"
              + " the job itself, so its exit code is not known: execute the job again.");
    } catch (IOException e) {
      return EndingReasons.failed(
          "The container engine at " + context.engine().facts().place()
              + " went away while the job ran (" + e.getMessage()
              + "), so its exit code is not known: see that the engine runs, and execute the job"
              + " again.");
    }
  }

  /** Skips this many bytes, and passes on what comes after them. */
  private static final class Skipping implements EndMark.Sink {
    private final LogWriter writer;
    private long known;

    Skipping(long known, LogWriter writer) {
      this.known = known;
      this.writer = writer;
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
      int skipped = (int) Math.min(known, length);
      known -= skipped;
      writer.write(bytes, offset + skipped, length - skipped);
    }
  }
}
