package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.Attachment;
import io.github.datasphere.emulator.runner.docker.container.DockerRunContext;
import io.github.datasphere.emulator.runner.docker.container.JobContainer;
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Report;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the output of a container that goes on: first from the engine's log, then as it comes. The
 * log has all that was written before, but an engine keeps a line from it until the line ends. So
 * once the log is quiet, the supervisor writes a mark to both streams. What comes before the mark
 * is taken from the log, what comes after it from the streams: nothing is lost, nothing comes
 * twice.
 */
final class LogThenLive {
  private static final Logger LOG = LoggerFactory.getLogger(LogThenLive.class);
  private static final long LOOK_MILLIS = 400;

  private final DockerRunContext context;
  private final JobContainer container;
  private final ContainerRecord record;
  private final RecordKeeper keeper;
  private final BooleanSupplier isLeft;
  private final Token mark = Token.random();
  private final JoinedStream out;
  private final JoinedStream err;
  private final CountDownLatch liveIsRead = new CountDownLatch(1);
  private volatile boolean came = true;
  private @Nullable Attachment live;
  private boolean isOver;

  /** Saves what a later emulator has to know. */
  @FunctionalInterface
  interface RecordKeeper {
    void save(ContainerRecord record) throws IOException;
  }

  /**
   * Reads nothing yet.
   *
   * @param isLeft whether the run is not followed any more
   */
  LogThenLive(
      DockerRunContext context,
      JobContainer container,
      ContainerRecord record,
      RecordKeeper keeper,
      BooleanSupplier isLeft,
      EndMark.Sink out,
      EndMark.Sink err) {
    this.context = context;
    this.container = container;
    this.keeper = keeper;
    this.isLeft = isLeft;
    this.record = record.with(mark);
    this.out = new JoinedStream(this.record, mark, out);
    this.err = new JoinedStream(this.record, mark, err);
  }

  /**
   * Reads to the end.
   *
   * @param log the engine's log from its first byte of the command's output on
   * @return the supervisor's report; empty if the output broke off
   */
  Optional<Report> read(Attachment log) throws IOException, InterruptedException {
    var parts = context.parts();
    var looks = parts
        .timer()
        .scheduleWithFixedDelay(
            () -> parts.threads().execute(this::joinIfQuiet),
            LOOK_MILLIS,
            LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
    try {
      while (!out.isRead() || !err.isRead()) {
        if (!log.next(this::takeFromLog)) {
          out.breakOff();
          err.breakOff();
          return Optional.empty();
        }
      }
      looks.cancel(false);
      log.close();
      if (!out.isReported() || !err.isReported()) {
        liveIsRead.await();
      }
      return out.report();
    } finally {
      looks.cancel(false);
      end();
    }
  }

  private void takeFromLog(int stream, byte[] bytes, int offset, int length) throws IOException {
    came = true;
    side(stream).takeFromLog(bytes, offset, length);
  }

  /** Attaches, and asks for the mark; the record is saved first, as the mark is no output. */
  private synchronized void joinIfQuiet() {
    if (came || live != null || isOver || isLeft.getAsBoolean()) {
      came = false;
      return;
    }
    try {
      keeper.save(record);
      var opened = container.attach();
      live = opened;
      context.parts().threads().execute(() -> readLive(opened));
      opened.send(Supervisor.mark(mark));
    } catch (IOException e) {
      LOG.debug("The streams of the container {} cannot be joined now", container.id(), e);
    }
  }

  private void readLive(Attachment streams) {
    try {
      var goesOn = true;
      while (goesOn && !(out.isReported() && err.isReported())) {
        goesOn = streams.next(
            (stream, bytes, offset, length) -> side(stream).takeLive(bytes, offset, length));
      }
    } catch (IOException e) {
      LOG.debug("The streams of the container {} broke off", container.id(), e);
    } finally {
      liveIsRead.countDown();
    }
  }

  /** Nothing is begun any more, and nothing that was begun passes anything on. */
  private synchronized void end() throws InterruptedException {
    isOver = true;
    out.breakOff();
    err.breakOff();
    if (live != null) {
      container.letGo();
      liveIsRead.await();
    }
  }

  private JoinedStream side(int stream) {
    return stream == Attachment.STDERR ? err : out;
  }
}
