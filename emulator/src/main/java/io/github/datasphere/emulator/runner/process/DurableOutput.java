package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.LogWriter;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The output of a job that may outlive the emulator: two files, which are read on from what the log
 * has of them already, and the exit code in a third (design section 3, "Nothing left behind").
 */
final class DurableOutput implements CommandOutput {
  private static final long LOOK_MILLIS = 250;

  private final RunContext context;
  private final JobFolder folder;
  private final JobId job;
  private final RunRecord record;
  private final JobControl supervisor;

  /** Of a command that has begun. */
  DurableOutput(
      RunContext context, JobFolder folder, JobId job, RunRecord record, JobControl supervisor) {
    this.context = context;
    this.folder = folder;
    this.job = job;
    this.record = record;
    this.supervisor = supervisor;
  }

  /** Starts the command; saves first that it has begun, so that it never begins twice. */
  static DurableOutput begin(
      RunContext context, JobFolder folder, JobId job, Preparation.Prepared prepared)
      throws IOException {
    var token = Token.random();
    var record = prepared.record().begun(token.digest());
    var fifo = folder.state(FifoControl.NAME);
    FifoControl.make(fifo);
    record.save(folder);
    var control = FifoControl.open(fifo, record.supervisor());
    // In one, since a supervisor that is kept and was never told what to run would stay for ever
    var request = new ByteArrayOutputStream();
    request.writeBytes(
        Supervisor.run(token, Supervisor.Output.FILES, Preparation.SCRIPT, prepared.environment()));
    request.writeBytes(Supervisor.keep());
    prepared.supervisor().send(request.toByteArray());
    return new DurableOutput(context, folder, job, record, control);
  }

  JobControl supervisor() {
    return supervisor;
  }

  RunRecord record() {
    return record;
  }

  @Override
  public End follow(BooleanSupplier isLeft) throws IOException {
    try (var out = context.writers().open(job, LogSource.STDOUT);
        var err = context.writers().open(job, LogSource.STDERR)) {
      return follow(
          file("stdout", LogSource.STDOUT, out), file("stderr", LogSource.STDERR, err), isLeft);
    }
  }

  private End follow(GrowingFile out, GrowingFile err, BooleanSupplier isLeft) throws IOException {
    var bell = new Semaphore(0);
    try (var watching = context.watch().watch(folder.state(), bell)) {
      while (!isLeft.getAsBoolean()) {
        // Asked before reading on: all that was written before the end is then read
        var gone = !supervisor.isAlive();
        var code = exitCode();
        out.readOn();
        err.readOn();
        if (code.isPresent()) {
          return End.exited(code.getAsInt());
        }
        if (gone) {
          return End.SUPERVISOR_GONE;
        }
        if (bell.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return End.LEFT;
  }

  private GrowingFile file(String name, LogSource source, LogWriter writer) {
    var known = context.ports().log().storedBytes(job, source);
    return new GrowingFile(folder.state(name), known, writer::write);
  }

  private OptionalInt exitCode() throws IOException {
    var file = folder.state("exit");
    if (!Files.exists(file)) {
      return OptionalInt.empty();
    }
    var words = Files.readString(file).strip().split(" ");
    // What the token does not prove is not the supervisor's report
    return words.length == 2
            && words[1].matches("\\d{1,3}")
            && new Token(words[0]).digest().equals(record.tokenDigest())
        ? OptionalInt.of(Integer.parseInt(words[1]))
        : OptionalInt.empty();
  }
}
