package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.EndingReasons;
import io.github.datasphere.emulator.runner.process.os.FileTail;
import io.github.datasphere.emulator.runner.run.CommandEnd;
import io.github.datasphere.emulator.runner.run.SmallFile;
import io.github.datasphere.emulator.runner.supervisor.Report;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output of a job that may outlive the emulator. It is in two files, which are read from where
 * the log ends; the exit code is in a third (docs/architecture.md, "Nothing left behind").
 */
final class DurableOutput implements ProcessOutput {
  private static final long LOOK_MILLIS = 250;

  /**
   * How often in a row a look may fail, for example because the disk does not answer for a moment.
   */
  private static final int MOST_FAILURES = 20;

  private static final int LONGEST_REPORT = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(DurableOutput.class);

  private final ProcessRunContext context;
  private final JobFolder folder;
  private final JobId job;
  private final ProcessRecord record;
  private final JobControl supervisor;
  private final Ending lost;

  /**
   * Follows a command that has begun.
   *
   * @param lost ending to report if the supervisor died without leaving an exit code
   */
  DurableOutput(
      ProcessRunContext context,
      JobFolder folder,
      JobId job,
      ProcessRecord record,
      JobControl supervisor,
      Ending lost) {
    this.context = context;
    this.folder = folder;
    this.job = job;
    this.record = record;
    this.supervisor = supervisor;
    this.lost = lost;
  }

  @Override
  public CommandEnd follow(BooleanSupplier isLeft) throws IOException {
    var log = context.parts().ports().log();
    long knownOut = log.storedBytes(job, LogSource.STDOUT);
    long knownErr = log.storedBytes(job, LogSource.STDERR);
    try (var out = context.parts().writers().open(job, LogSource.STDOUT, knownOut);
        var err = context.parts().writers().open(job, LogSource.STDERR, knownErr)) {
      var end = follow(
          new FileTail(folder.state("stdout"), knownOut, out::write),
          new FileTail(folder.state("stderr"), knownErr, err::write),
          isLeft);
      if (end instanceof CommandEnd.Left && context.parts().areLeftAtClose()) {
        out.leave();
        err.leave();
      }
      return end;
    }
  }

  private CommandEnd follow(FileTail out, FileTail err, BooleanSupplier isLeft) throws IOException {
    var bell = new Semaphore(0);
    try (var watching = context.watch().watch(folder.state(), bell)) {
      int failures = 0;
      while (!isLeft.getAsBoolean()) {
        try {
          var end = look(out, err);
          if (end.isPresent()) {
            return end.get();
          }
          failures = 0;
        } catch (IOException e) {
          if (++failures > MOST_FAILURES) {
            throw e;
          }
          LOG.warn("The output of job {} cannot be read now: {}", job, e.getMessage());
        }
        if (bell.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new CommandEnd.Left();
  }

  private Optional<CommandEnd> look(FileTail out, FileTail err) throws IOException {
    // Ask for the end before reading on, so that all that was written before the end is read
    var gone = !supervisor.isAlive();
    var report = report();
    out.readOn();
    err.readOn();
    if (report.isPresent()) {
      return report.map(CommandEnd::of);
    }
    if (!gone) {
      return Optional.empty();
    }
    var isFolderGone = !Files.isDirectory(folder.state(), LinkOption.NOFOLLOW_LINKS);
    return Optional.of(new CommandEnd.Lost(isFolderGone ? EndingReasons.folderGone() : lost));
  }

  private Optional<Report> report() throws IOException {
    // Without the token it is not the supervisor's report
    return SmallFile.read(folder.state("exit"), LONGEST_REPORT)
        .map(text -> text.strip().split(" ", 2))
        .filter(words -> words.length == 2)
        .filter(words -> new Token(words[0]).digest().equals(record.tokenDigest()))
        .map(words -> Report.of(words[1]));
  }
}
