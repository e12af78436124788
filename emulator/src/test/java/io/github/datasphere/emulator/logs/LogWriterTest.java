package io.github.datasphere.emulator.logs;

import static io.github.datasphere.emulator.logs.LogSelection.ALL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.memory.MemoryJobLog;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogWriterTest {
  private static final JobId JOB = new JobId("bt1job");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final JobLog log = new MemoryJobLog();

  /** Its threads are gone: the tests tick themselves. */
  private final LogWriters writers = new LogWriters(log, Clock.fixed(NOON, ZoneOffset.UTC));

  private final LogWriter writer = writers.open(JOB, LogSource.STDOUT, 0);

  LogWriterTest() {
    writers.close();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void lineIsARecordAtTheSecondTick() {
    write("hello\n");
    writer.tick();
    assertThat(records()).isEmpty();
    writer.tick();
    assertThat(records()).containsExactly("hello\n");
  }

  @Test
  void textWithoutNewlineIsARecordAfterAboutASecond() {
    write("password: ");
    ticks();
    passTicks(LogWriter.PATIENCE - 1);
    assertThat(records()).isEmpty();
    passTicks(1);
    assertThat(records()).containsExactly("password: ");
  }

  @Test
  void unfinishedLineWaitsForItsRestWhileLinesBeforeItGo() {
    write("one\ntwo, a");
    ticks();
    assertThat(records()).containsExactly("one\n");
    passTicks(LogWriter.PATIENCE - 1);
    write("nd the rest\n");
    ticks();
    assertThat(records()).containsExactly("one\n", "two, and the rest\n");
  }

  @Test
  void eachUnfinishedLineWaitsAnew() {
    for (int i = 0; i < 10; i++) {
      write("begun ");
      passTicks(LogWriter.PATIENCE / 2);
      write("and ended\nnext ");
      passTicks(LogWriter.PATIENCE / 2);
      write("ended\n");
    }
    ticks();
    assertThat(records()).allSatisfy(text -> assertThat(text).endsWith("ended\n"));
  }

  @Test
  void progressBarThatIsAlwaysDrawnAnewShowsEachSecond() {
    int drawn = 0;
    for (int i = 1; i <= 5; i++) {
      for (int j = 0; j < LogWriter.PATIENCE; j++) {
        write("\r" + ++drawn + "%");
        passTicks(1);
      }
      assertThat(records()).hasSize(i).last().asString().endsWith("\r" + drawn + "%");
    }
  }

  @Test
  void progressBarInAFullBufferShowsAsFarAsItWasDrawn() {
    var bar = new StringBuilder("begun\n");
    for (int i = 0; bar.length() < 8192; i++) {
      bar.append('\r').append(i).append("% done");
    }
    write(bar.substring(0, 8192));
    passTicks(LogWriter.PATIENCE);
    assertThat(String.join("", records())).endsWith("% done").hasSizeGreaterThan(8192 - 20);
    assertThat(String.join("", records()).length()).isLessThan(8192);
  }

  @Test
  void promptAfterMuchOutputShowsAfterAboutASecond() {
    for (int i = 0; i < 1000; i++) {
      write("line " + i + " of the help\n");
    }
    write("continue? ");
    ticks();
    passTicks(LogWriter.PATIENCE);
    assertThat(records()).last().isEqualTo("continue? ");
  }

  @Test
  void fullBufferWaitsForItsRestHoweverLong() {
    write("x".repeat(99).concat("\n").repeat(82).substring(0, 8192));
    ticks();
    passTicks(10_000);
    assertThat(String.join("", records())).hasSize(8100);
    write("x".repeat(7) + "\n");
    ticks();
    assertThat(records()).last().isEqualTo("x".repeat(99) + "\n");
  }

  @Test
  void whatIsLeftIsForTheNextWriter() {
    write("one\ntw");
    ticks();
    writer.leave();
    writer.close();
    assertThat(records()).containsExactly("one\n");
    assertThat(log.storedBytes(JOB, LogSource.STDOUT)).isEqualTo(4);
  }

  @Test
  void promptThatWasThereBeforeARestartShowsAfterIt() {
    var next = writers.open(JOB, LogSource.STDOUT, 1000);
    next.write("password: ".getBytes(UTF_8));
    passTicks(LogWriter.PATIENCE);
    assertThat(records()).containsExactly("password: ");
  }

  @Test
  void recordTellsItsSourceAndTime() {
    write("x");
    writer.close();
    var record = log.read(JOB, ALL, 0, 99).records().get(0);
    assertThat(record.source()).isEqualTo(LogSource.STDOUT);
    assertThat(record.createdAt()).isEqualTo(NOON);
  }

  @Test
  void indentedLinesStayWithTheLineAboveThem() {
    write("before\nTraceback:\n");
    writer.tick();
    write("  File x\n    y = z\n");
    writer.tick();
    write("NameError\n");
    writer.tick();
    ticks();
    assertThat(records())
        .containsExactly("before\n", "Traceback:\n  File x\n    y = z\n", "NameError\n");
  }

  @Test
  void youngLineWaitsForItsOwnTime() {
    write("one\n");
    writer.tick();
    write("two\n");
    writer.tick();
    assertThat(records()).containsExactly("one\n");
    writer.tick();
    assertThat(records()).containsExactly("one\n", "two\n");
  }

  @Test
  void steadyOutputIsNeverHeldLongerThanTwoTicks() {
    for (int i = 0; i < 50; i++) {
      write(" x\n");
      writer.tick();
      assertThat(String.join("", records()).length()).isGreaterThanOrEqualTo(3 * (i - 1));
    }
  }

  @Test
  void characterIsNotCut() {
    var bytes = "a€".getBytes(UTF_8);
    writer.write(bytes, 0, 2);
    passTicks(LogWriter.PATIENCE);
    assertThat(records()).containsExactly("a");
    writer.write(bytes, 2, 2);
    passTicks(LogWriter.PATIENCE);
    assertThat(records()).containsExactly("a", "€");
  }

  @Test
  void beginningOfACharacterIsWrittenAtTheEnd() {
    writer.write(new byte[] {'a', (byte) 0xE2});
    writer.close();
    assertThat(content()).isEqualTo(new byte[] {'a', (byte) 0xE2});
  }

  @Test
  void fastOutputMakesLargeRecords() {
    var line = "x".repeat(99) + "\n";
    write(line.repeat(10_000));
    writer.close();
    assertThat(records())
        .hasSizeLessThan(20)
        .allSatisfy(text -> assertThat(text).endsWith("\n"));
    assertThat(String.join("", records())).isEqualTo(line.repeat(10_000));
  }

  @Test
  void largeRecordIsCutBeforeAnUnindentedLine() {
    var block = "head\n" + "  indented\n".repeat(1000);
    write(block.repeat(20));
    writer.close();
    assertThat(records()).allSatisfy(text -> assertThat(text).startsWith("head\n"));
  }

  @Test
  void largeRecordWithoutLinesIsCutBetweenCharacters() {
    write("a" + "щ".repeat(800_000));
    writer.close();
    assertThat(records()).hasSizeGreaterThan(2).noneMatch(text -> text.contains("\uFFFD"));
    assertThat(records().stream().collect(joining())).isEqualTo("a" + "щ".repeat(800_000));
  }

  @Test
  void lineOfAQuarterMebibyteIsOneRecord() {
    var line = "x".repeat(256 << 10) + "\n";
    write("short\n" + line + "short again\n");
    ticks();
    assertThat(String.join("", records())).isEqualTo("short\n" + line + "short again\n");
    assertThat(records()).allSatisfy(text -> assertThat(text).endsWith("\n"));
  }

  @Test
  void endlessLineTakesLittleMemory() {
    for (int i = 0; i < 10 << 4; i++) {
      write("x".repeat(64 << 10));
      passTicks(1);
    }
    assertThat(records()).allMatch(text -> text.length() <= LogQuota.LARGEST_RECORD);
    assertThat(String.join("", records()).length())
        .isGreaterThanOrEqualTo((10 << 20) - LogQuota.LARGEST_RECORD);
  }

  @Test
  void anyBytesInAnyPiecesPassUnchanged() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var sent = new ByteArrayOutputStream();
    for (int i = 0; i < 400; i++) {
      var piece = piece(random);
      int skip = random.nextInt(piece.length);
      writer.write(piece, skip, piece.length - skip);
      sent.writeBytes(Arrays.copyOfRange(piece, skip, piece.length));
      if (random.nextInt(3) == 0) {
        writer.tick();
        passTicks(random.nextInt(LogWriter.PATIENCE));
      }
    }
    writer.close();
    assertThat(content()).as("seed %d", seed).isEqualTo(sent.toByteArray());
  }

  @Test
  void flusherWritesWithoutFurtherHelp() {
    try (var real = new LogWriters(log, Clock.systemUTC());
        var first = real.open(JOB, LogSource.STDOUT, 0);
        var second = real.open(JOB, LogSource.STDERR, 0)) {
      for (int round = 1; round <= 5; round++) {
        first.write("out\n".getBytes(UTF_8));
        second.write("err\n".getBytes(UTF_8));
        int expected = 2 * round;
        await().until(() -> log.end(JOB, ALL) == expected);
      }
    }
  }

  private static byte[] piece(Random random) {
    var texts =
        List.of("\n", " ", "a\n b\n", "щ€😀", "x".repeat(1000), "\r\n\t", "text without end");
    if (random.nextInt(3) > 0) {
      return texts.get(random.nextInt(texts.size())).getBytes(UTF_8);
    }
    var bytes = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 200_000 : 20)];
    random.nextBytes(bytes);
    return bytes;
  }

  private void ticks() {
    writer.tick();
    writer.tick();
  }

  private void passTicks(int ticks) {
    for (int i = 0; i < ticks; i++) {
      writers.unfinished().tick();
    }
  }

  private void write(String text) {
    writer.write(text.getBytes(UTF_8));
  }

  private byte[] content() {
    var all = new ByteArrayOutputStream();
    log.read(JOB, ALL, 0, Integer.MAX_VALUE)
        .records()
        .forEach(record -> all.writeBytes(record.content()));
    return all.toByteArray();
  }

  private List<String> records() {
    return log.read(JOB, ALL, 0, Integer.MAX_VALUE).records().stream()
        .map(record -> new String(record.content(), UTF_8))
        .toList();
  }
}
