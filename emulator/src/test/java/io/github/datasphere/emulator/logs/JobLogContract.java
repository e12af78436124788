package io.github.datasphere.emulator.logs;

import static io.github.datasphere.emulator.logs.LogSelection.ALL;
import static io.github.datasphere.emulator.logs.LogSelection.STANDARD_STREAMS;
import static io.github.datasphere.emulator.logs.LogSource.STDERR;
import static io.github.datasphere.emulator.logs.LogSource.STDOUT;
import static io.github.datasphere.emulator.logs.LogSource.SYSTEM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.id.JobId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How every log keeps records and gives them back. */
public abstract class JobLogContract extends JobLogFixture {
  @Test
  void logOfAnUnknownJobIsEmptyAndOpen() {
    assertThat(log.read(JOB, ALL, 0, MANY)).isEqualTo(new LogPage(List.of(), 0, false));
    assertThat(log.end(JOB, ALL)).isZero();
    assertThat(log.storedBytes(JOB, STDOUT)).isZero();
  }

  @Test
  void recordComesBackAsItWent() {
    var path = LogSource.file("каталог/с пробелом.log");
    var content = new byte[] {0, -1, '\n', (byte) 0xC3, 0x28};
    log.append(JOB, new LogRecord(path, NOON, content));
    var page = log.read(JOB, ALL, 0, MANY);
    assertThat(page.records()).singleElement().satisfies(record -> {
      assertThat(record.source()).isEqualTo(path);
      assertThat(record.createdAt()).isEqualTo(NOON);
      assertThat(record.content()).isEqualTo(content);
    });
  }

  @Test
  void recordsAreNumberedOverAllSources() {
    out("a");
    system("b");
    err("c");
    assertThat(read(ALL, 0)).containsExactly("a", "b", "c");
    assertThat(read(ALL, 1)).containsExactly("b", "c");
    assertThat(log.end(JOB, ALL)).isEqualTo(3);
  }

  @Test
  void standardStreamsHaveACountOfTheirOwn() {
    system("0");
    out("a");
    system("1");
    system("2");
    err("b");
    system("3");
    out("c");
    assertThat(read(STANDARD_STREAMS, 0)).containsExactly("a", "b", "c");
    assertThat(read(STANDARD_STREAMS, 1)).containsExactly("b", "c");
    assertThat(read(STANDARD_STREAMS, 2)).containsExactly("c");
    assertThat(log.end(JOB, STANDARD_STREAMS)).isEqualTo(3);
  }

  @Test
  void pageTakesWhatFits() {
    out("12345");
    out("12345");
    out("12345");
    var page = log.read(JOB, ALL, 0, 10);
    assertThat(page.records()).hasSize(2);
    assertThat(page.nextIndex()).isEqualTo(2);
    assertThat(log.read(JOB, ALL, 2, 10).nextIndex()).isEqualTo(3);
  }

  @Test
  void pageTakesOneRecordThatDoesNotFit() {
    out("0123456789");
    out("x");
    var page = log.read(JOB, ALL, 0, 3);
    assertThat(page.records()).hasSize(1);
    assertThat(page.nextIndex()).isEqualTo(1);
  }

  @Test
  void pageBeyondTheEndIsEmpty() {
    out("a");
    assertThat(log.read(JOB, ALL, 7, MANY)).isEqualTo(new LogPage(List.of(), 7, false));
    log.end(JOB);
    assertThat(log.read(JOB, ALL, 7, MANY).ended()).isTrue();
  }

  @Test
  void pageSaysThatTheLogHasEndedOnlyWithItsLastRecord() {
    out("12345");
    out("12345");
    log.end(JOB);
    assertThat(log.read(JOB, ALL, 0, 5).ended()).isFalse();
    assertThat(log.read(JOB, ALL, 1, 5).ended()).isTrue();
    assertThat(log.read(JOB, ALL, 0, MANY).ended()).isTrue();
    assertThat(log.read(JOB, STANDARD_STREAMS, 2, MANY).ended()).isTrue();
  }

  @Test
  void endOfALogWithoutRecordsIsSeen() {
    log.end(JOB);
    assertThat(log.read(JOB, ALL, 0, MANY)).isEqualTo(new LogPage(List.of(), 0, true));
  }

  @Test
  void recordsAfterTheEndAreDropped() {
    out("a");
    log.end(JOB);
    out("b");
    log.end(JOB);
    assertThat(read(ALL, 0)).containsExactly("a");
    assertThat(log.end(JOB, ALL)).isEqualTo(1);
  }

  @Test
  void emptyRecordsAreNoRecords() {
    out("");
    assertThat(log.end(JOB, ALL)).isZero();
  }

  @Test
  void jobsDoNotMix() {
    var other = new JobId("bt1job2");
    out("a");
    log.append(other, record(STDOUT, "b"));
    log.end(other);
    log.delete(other);
    assertThat(read(ALL, 0)).containsExactly("a");
  }

  @Test
  void jobIdsMayBeAnyText() {
    var ids = List.of(
        "", ".", "..", "../../x", "/etc/x", "a/b", "a\u0000b", "A", "a", "ключ", "x".repeat(5000));
    for (var id : ids) {
      log.append(new JobId(id), record(STDOUT, "of " + id));
    }
    for (var id : ids) {
      assertThat(texts(log.read(new JobId(id), ALL, 0, MANY))).containsExactly("of " + id);
    }
  }

  @Test
  void deletedLogIsEmptyAndEnded() {
    out("a");
    log.delete(JOB);
    assertThat(log.read(JOB, ALL, 0, MANY)).isEqualTo(new LogPage(List.of(), 0, true));
    assertThat(log.read(JOB, ALL, 1, MANY).ended()).isTrue();
    assertThat(log.end(JOB, ALL)).isZero();
    log.delete(JOB);
  }

  @Test
  void recordsAfterDeletionAreDropped() {
    log.delete(JOB);
    out("a");
    assertThat(log.read(JOB, ALL, 0, MANY)).isEqualTo(new LogPage(List.of(), 0, true));
  }

  @Test
  void storedBytesAreCountedForEachSource() {
    out("123");
    err("12");
    out("1");
    system("щ");
    assertThat(log.storedBytes(JOB, STDOUT)).isEqualTo(4);
    assertThat(log.storedBytes(JOB, STDERR)).isEqualTo(2);
    assertThat(log.storedBytes(JOB, SYSTEM)).isEqualTo(2);
  }

  @Test
  void largeRecordBecomesSeveralThatAreTheSameTogether() {
    var content = "щ".repeat(200_000).getBytes(UTF_8);
    log.append(JOB, new LogRecord(STDOUT, NOON, content));
    var page = log.read(JOB, ALL, 0, MANY);
    assertThat(page.records()).allSatisfy(record -> {
      assertThat(record.content().length).isBetween(1, LogQuota.LARGEST_RECORD);
      assertThat(record.content().length % 2).isZero();
    });
    assertThat(together(page.records())).isEqualTo(content);
  }

  @Test
  void sourceIsCutAtItsLimitAndSaysSo() {
    fill(STDOUT);
    out("beyond");
    err("still kept");
    assertThat(log.storedBytes(JOB, STDOUT)).isEqualTo(LogQuota.LIMIT);
    var last = log.read(JOB, ALL, log.end(JOB, ALL) - 2, MANY);
    assertThat(texts(last)).hasSize(2).last().isEqualTo("still kept");
    assertThat(texts(last).get(0)).contains("stdout is cut here", "100 MB");
    out("far beyond");
    assertThat(log.storedBytes(JOB, STDOUT)).isEqualTo(LogQuota.LIMIT);
    assertThat(log.end(JOB, ALL)).isEqualTo(last.nextIndex());
  }

  @Test
  void pagesTogetherAreTheWholeLog() {
    var random = new Random(3);
    var expected = new ByteArrayOutputStream();
    for (int i = 0; i < 3000; i++) {
      var content = new byte[random.nextInt(40) == 0 ? 1 + random.nextInt(90_000) : 1 + i % 200];
      random.nextBytes(content);
      log.append(JOB, new LogRecord(i % 3 == 0 ? SYSTEM : STDOUT, NOON, content));
      expected.writeBytes(content);
    }
    var records = readAll(ALL, 0, 100_000);
    assertThat(together(records)).isEqualTo(expected.toByteArray());
    assertThat(records).hasSize((int) log.end(JOB, ALL));
    for (int from : new int[] {1, 17, 999, 2500, records.size() - 1}) {
      var rest = together(records.subList(from, records.size()));
      assertThat(together(readAll(ALL, from, 70_000))).isEqualTo(rest);
    }
    var standard = records.stream().filter(r -> r.source().isStandardStream()).toList();
    var index = standard.size() / 2;
    assertThat(together(readAll(STANDARD_STREAMS, index, 5000)))
        .isEqualTo(together(standard.subList(index, standard.size())));
  }

  private List<LogRecord> readAll(LogSelection selection, long from, int maxBytes) {
    var all = new ArrayList<LogRecord>();
    var page = log.read(JOB, selection, from, maxBytes);
    while (!page.records().isEmpty()) {
      all.addAll(page.records());
      page = log.read(JOB, selection, page.nextIndex(), maxBytes);
    }
    return all;
  }

  protected void fill(LogSource source) {
    var chunk = new byte[1 << 20];
    for (long stored = 0; stored < LogQuota.LIMIT; stored += chunk.length) {
      log.append(JOB, new LogRecord(source, NOON, chunk));
    }
  }

  private static byte[] together(List<LogRecord> records) {
    var all = new ByteArrayOutputStream();
    records.forEach(record -> all.writeBytes(record.content()));
    return all.toByteArray();
  }
}
