package io.github.datasphere.emulator.logs;

import static io.github.datasphere.emulator.logs.LogSelection.ALL;
import static io.github.datasphere.emulator.logs.LogSelection.STANDARD_STREAMS;
import static io.github.datasphere.emulator.logs.LogSource.STDOUT;
import static io.github.datasphere.emulator.logs.LogSource.SYSTEM;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How every log lets readers wait. */
public abstract class JobLogWaitingContract extends JobLogFixture {
  @Test
  void waitingEndsWithTheRecordThatIsWaitedFor() {
    var calls = new AtomicInteger();
    log.whenReadable(JOB, ALL, 1, calls::incrementAndGet);
    out("a");
    assertThat(calls).hasValue(0);
    out("b");
    assertThat(calls).hasValue(1);
    out("c");
    assertThat(calls).hasValue(1);
  }

  @Test
  void waitingEndsAtOnceIfTheRecordIsThere() {
    out("a");
    var calls = new AtomicInteger();
    log.whenReadable(JOB, ALL, 0, calls::incrementAndGet);
    assertThat(calls).hasValue(1);
  }

  @Test
  void waitingForStandardStreamsIgnoresOtherRecords() {
    var calls = new AtomicInteger();
    log.whenReadable(JOB, STANDARD_STREAMS, 0, calls::incrementAndGet);
    system("a");
    assertThat(calls).hasValue(0);
    err("b");
    assertThat(calls).hasValue(1);
  }

  @Test
  void waitingEndsWithTheLog() {
    var calls = new AtomicInteger();
    log.whenReadable(JOB, ALL, 0, calls::incrementAndGet);
    log.whenReadable(JOB, ALL, 5, calls::incrementAndGet);
    log.end(JOB);
    assertThat(calls).hasValue(2);
    log.whenReadable(JOB, ALL, 9, calls::incrementAndGet);
    assertThat(calls).hasValue(3);
  }

  @Test
  void waitingEndsWhenTheLogIsDeleted() {
    var ended = new ArrayList<Boolean>();
    log.whenReadable(JOB, ALL, 3, () -> ended.add(log.read(JOB, ALL, 3, MANY).ended()));
    log.delete(JOB);
    assertThat(ended).containsExactly(true);
  }

  @Test
  void waitGivenUpIsNotCalled() {
    var calls = new AtomicInteger();
    var first = log.whenReadable(JOB, ALL, 0, calls::incrementAndGet);
    log.whenReadable(JOB, ALL, 0, calls::incrementAndGet);
    first.cancel();
    first.cancel();
    out("a");
    assertThat(calls).hasValue(1);
  }

  @Test
  void readerCalledMayReadAndWaitAgain() {
    var seen = new ArrayList<String>();
    readOn(0, seen);
    out("a");
    out("b");
    log.end(JOB);
    assertThat(seen).containsExactly("a", "b", "end");
  }

  @Test
  void everyReaderSeesEveryRecordOnceWhileItIsWritten() throws Exception {
    int records = 3000;
    var threads = Executors.newCachedThreadPool();
    try {
      var readers = new ArrayList<Future<List<String>>>();
      for (int i = 0; i < 32; i++) {
        var selection = i % 2 == 0 ? ALL : STANDARD_STREAMS;
        int maxBytes = 10 << (i % 16);
        readers.add(threads.submit(() -> new Follower(log, JOB, selection, maxBytes).toTheEnd()));
      }
      for (int i = 0; i < records; i++) {
        log.append(JOB, record(i % 5 == 0 ? SYSTEM : STDOUT, i + " " + "x".repeat(i % 700)));
      }
      log.end(JOB);
      var all = read(ALL, 0);
      var standard = read(STANDARD_STREAMS, 0);
      assertThat(all).hasSize(records);
      for (int i = 0; i < 32; i++) {
        assertThat(readers.get(i).get(60, SECONDS)).isEqualTo(i % 2 == 0 ? all : standard);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void readOn(long index, List<String> seen) {
    log.whenReadable(JOB, ALL, index, () -> {
      var page = log.read(JOB, ALL, index, MANY);
      seen.addAll(texts(page));
      if (page.ended()) {
        seen.add("end");
      } else {
        readOn(page.nextIndex(), seen);
      }
    });
  }
}
