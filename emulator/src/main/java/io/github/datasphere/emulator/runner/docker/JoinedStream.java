package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Report;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One stream of a container that comes twice, from the engine's log and as it is written: passes on
 * the log up to a mark, and what is written after the mark.
 */
final class JoinedStream {
  private final EndMark log;
  private final EndMark live;
  private final EndMark.Sink sink;
  private boolean isBegun; // the log has come to the command's own output
  private boolean isJoined; // the log has come to the mark
  private boolean isLive; // so has what is written
  private boolean isBroken;
  private Optional<Report> report = Optional.empty();

  /**
   * Makes one for a command.
   *
   * @param record with all marks that may stand in the stream
   * @param mark the one that counts
   */
  JoinedStream(ContainerRecord record, Token mark, EndMark.Sink sink) {
    var earlier = record.earlier();
    this.sink = sink;
    this.isBegun = earlier.isEmpty();
    var inLog = Stream.concat(earlier.stream(), record.marks().stream()).toList();
    this.log = new EndMark(record.token(), inLog, found -> {
      isBegun |= !earlier.isEmpty() && found.equals(earlier.get(earlier.size() - 1));
      if (found.equals(mark)) {
        join();
      }
    });
    this.live = new EndMark(record.token(), record.marks(), found -> {
      if (found.equals(mark)) {
        isLive = awaitJoined();
      }
    });
  }

  /** Only one thread may call this. */
  void takeFromLog(byte[] bytes, int offset, int length) throws IOException {
    if (!isRead()) {
      log.take(bytes, offset, length, (b, from, count) -> {
            if (isBegun && !isRead()) {
              sink.accept(b, from, count);
            }
          })
          .filter(found -> !isRead())
          .ifPresent(this::report);
    }
  }

  /** Only one thread may call this, another one; it waits until the log has come to the mark. */
  void takeLive(byte[] bytes, int offset, int length) throws IOException {
    if (!isReported()) {
      live.take(bytes, offset, length, (b, from, count) -> {
            if (isLive) {
              sink.accept(b, from, count);
            }
          })
          .filter(found -> isLive)
          .ifPresent(this::report);
    }
  }

  /** Whether nothing more has to come from the log. */
  synchronized boolean isRead() {
    return isJoined || report.isPresent();
  }

  synchronized boolean isReported() {
    return report.isPresent();
  }

  synchronized Optional<Report> report() {
    return report;
  }

  /** Says that the log will not come to the mark. */
  synchronized void breakOff() {
    isBroken = true;
    notifyAll();
  }

  private synchronized void join() {
    isJoined = true;
    notifyAll();
  }

  private synchronized void report(Report found) {
    report = Optional.of(found);
    notifyAll();
  }

  private synchronized boolean awaitJoined() throws IOException {
    try {
      while (!isJoined && report.isEmpty() && !isBroken) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the log of a container was read", e);
    }
    return isJoined && !isBroken;
  }
}
