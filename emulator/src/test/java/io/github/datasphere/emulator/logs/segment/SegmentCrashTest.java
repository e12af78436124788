package io.github.datasphere.emulator.logs.segment;

import static io.github.datasphere.emulator.logs.LogSelection.ALL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

class SegmentCrashTest {
  private static final JobId JOB = new JobId("bt1job");
  private static final int LARGE = 60_000;

  @TempDir
  Path root;

  @Test
  void fileCutAtAnyByteHoldsTheRecordsBeforeItAndTakesMore() throws IOException {
    var ends = new ArrayList<Integer>();
    var texts = new ArrayList<String>();
    try (var log = new SegmentJobLog(root)) {
      for (int i = 0; i < 12; i++) {
        var text = "record " + i + "я".repeat(i);
        log.append(JOB, record(LogSource.file("path" + i % 3), text));
        texts.add(text);
        ends.add((int) Files.size(file(root)));
      }
      log.end(JOB);
    }
    var whole = Files.readAllBytes(file(root));
    for (int length = 0; length < whole.length; length++) {
      assertTruncated(Arrays.copyOf(whole, length), texts.subList(0, wholeBefore(ends, length)));
    }
  }

  @Test
  void fileCutAroundTheBeginningOfABlockGoesOn() throws IOException {
    try (var log = new SegmentJobLog(root)) {
      for (int i = 0; i < 40; i++) {
        log.append(JOB, record(LogSource.STDOUT, "r".repeat(LARGE)));
      }
    }
    var whole = Files.readAllBytes(file(root));
    int block = 1 << 20;
    for (int length = block - 3; length < block + 120; length += 3) {
      var text = "r".repeat(LARGE);
      assertTruncated(Arrays.copyOf(whole, length), Collections.nCopies(block / LARGE, text));
    }
  }

  @Test
  void garbageBehindTheLastRecordIsCutOff() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    try (var log = new SegmentJobLog(root)) {
      log.append(JOB, record(LogSource.STDOUT, "a"));
      log.append(JOB, record(LogSource.STDOUT, "b"));
    }
    var whole = Files.readAllBytes(file(root));
    for (int i = 0; i < 300; i++) {
      var garbage = new byte[1 + random.nextInt(i % 20 == 0 ? 2 << 20 : 100)];
      if (i % 3 > 0) {
        random.nextBytes(garbage);
      }
      var torn = Arrays.copyOf(whole, whole.length + garbage.length);
      System.arraycopy(garbage, 0, torn, whole.length, garbage.length);
      assertTruncated(torn, List.of("a", "b"));
    }
  }

  @Test
  void whatWasCutOffDoesNotComeBack() throws IOException {
    try (var log = new SegmentJobLog(root)) {
      for (var text : List.of("a", "b", "c", "d")) {
        log.append(JOB, record(LogSource.STDOUT, text));
      }
    }
    var bytes = Files.readAllBytes(file(root));
    int frame = (bytes.length - 33) / 4; // behind the beginning of the block
    bytes[bytes.length - 2 * frame - 1] ^= 1;
    assertTruncated(bytes, List.of("a"), "B");
  }

  @Test
  void killedProcessLosesNothingThatWasAppended() throws Exception {
    for (int round = 0; round < 3; round++) {
      int acknowledged = appendUntilKilled(50 + 200 * round);
      try (var log = new SegmentJobLog(root)) {
        var records = LogReading.all(log, JOB);
        assertThat(records).hasSizeGreaterThanOrEqualTo(acknowledged);
        for (int i = 0; i < records.size(); i++) {
          assertThat(records.get(i)).startsWith(i + " ");
        }
      }
    }
  }

  /** Kills a JVM that appends and tells of each record, once it has told of so many more. */
  private int appendUntilKilled(int many) throws IOException {
    var child = ChildJvm.start(
        Appender.class,
        List.of(root.toString()),
        SegmentJobLog.class,
        Logger.class,
        Nullable.class);
    return Integer.parseInt(ChildJvm.lastLineBeforeKill(child, many));
  }

  private void assertTruncated(byte[] bytes, List<String> expected) throws IOException {
    assertTruncated(bytes, expected, "after the crash");
  }

  private void assertTruncated(byte[] bytes, List<String> expected, String next)
      throws IOException {
    Files.write(file(root), bytes);
    try (var log = new SegmentJobLog(root)) {
      assertThat(LogReading.all(log, JOB)).as("%d bytes", bytes.length).isEqualTo(expected);
      log.append(JOB, record(LogSource.STDOUT, next));
    }
    try (var log = new SegmentJobLog(root)) {
      var all = new ArrayList<>(expected);
      all.add(next);
      assertThat(LogReading.all(log, JOB)).as("%d bytes", bytes.length).isEqualTo(all);
      assertThat(log.end(JOB, ALL)).isEqualTo(all.size());
    }
  }

  private static int wholeBefore(List<Integer> ends, int length) {
    return (int) ends.stream().filter(end -> end <= length).count();
  }

  private static Path file(Path root) {
    return root.resolve("bt1job.log");
  }

  static LogRecord record(LogSource source, String text) {
    return new LogRecord(source, Instant.EPOCH, text.getBytes(UTF_8));
  }

  /** The program that is killed. */
  static final class Appender {
    private Appender() {}

    public static void main(String[] args) {
      try (var log = new SegmentJobLog(Path.of(args[0]))) {
        for (long i = log.end(JOB, ALL); ; i++) {
          log.append(JOB, record(LogSource.STDOUT, i + " " + "x".repeat((int) (i * 37 % 5000))));
          System.out.println(i + 1);
        }
      }
    }
  }
}
