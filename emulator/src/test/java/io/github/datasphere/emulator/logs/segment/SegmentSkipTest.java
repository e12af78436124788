package io.github.datasphere.emulator.logs.segment;

import static io.github.datasphere.emulator.logs.LogSelection.ALL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.Needle;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search passes only what certainly does not hold what it looks for. */
class SegmentSkipTest {
  private static final JobId JOB = new JobId("bt1job");
  private static final Needle NEEDLE = Needle.of("wanted");
  private static final int RECORDS = 9_000;

  @TempDir
  Path root;

  private SegmentJobLog log;

  @BeforeEach
  void start() {
    log = new SegmentJobLog(root);
  }

  @AfterEach
  void end() {
    if (log != null) {
      log.close();
    }
  }

  /** Fills about nine blocks; these records hold what is looked for. */
  private void print(Iterable<Integer> wanted) {
    var places = new TreeSet<Integer>();
    wanted.forEach(places::add);
    var filler = "hay ".repeat(250);
    for (int i = 0; i < RECORDS; i++) {
      var text = places.contains(i) ? filler + "WANTED\n" : filler + "\n";
      var source = i % 3 == 0 ? LogSource.file("a/path.log") : LogSource.STDOUT;
      log.append(JOB, new LogRecord(source, Instant.EPOCH, text.getBytes(UTF_8)));
    }
  }

  @Test
  void noRecordThatHoldsItIsPassedFromAnyPlace() {
    var random = new Random(14);
    var wanted = new TreeSet<Integer>();
    random.ints(4, 0, RECORDS).forEach(wanted::add);
    print(wanted);

    for (int i = 0; i < 200; i++) {
      int from = random.nextInt(RECORDS);
      // Also from where a reader has stopped in the middle of a block
      long index = i % 2 == 0 ? from : log.read(JOB, ALL, from, 5000).nextIndex();
      var next = wanted.ceiling((int) index);
      var passed = log.skip(JOB, index, NEEDLE, Long.MAX_VALUE);

      assertThat(passed.index()).isBetween(index, next == null ? RECORDS : (long) next);
      assertThat(log.read(JOB, ALL, passed.index(), 1).records()).hasSizeLessThan(2);
    }
  }

  @Test
  void aLogWithoutItIsPassedToItsEnd() {
    print(new TreeSet<>());

    var passed = log.skip(JOB, 0, NEEDLE, Long.MAX_VALUE);

    assertThat(passed.index()).isEqualTo(RECORDS);
    assertThat(passed.bytes()).isGreaterThan(RECORDS * 1000L);
    assertThat(log.skip(JOB, RECORDS, NEEDLE, Long.MAX_VALUE).index()).isEqualTo(RECORDS);
    assertThat(log.skip(JOB, RECORDS + 5, NEEDLE, Long.MAX_VALUE).index()).isEqualTo(RECORDS + 5);
  }

  @Test
  void onlySoMuchIsLookedAtInOneGo() {
    print(new TreeSet<>());

    var passed = log.skip(JOB, 0, NEEDLE, 3 << 20);

    assertThat(passed.bytes()).isBetween(3L << 20, 4L << 20);
    assertThat(passed.index()).isBetween(1L, RECORDS - 1L);
  }

  @Test
  void damagedBlocksAreLeftToTheReader() throws IOException {
    print(new TreeSet<>());
    try (var file = new RandomAccessFile(root.resolve("bt1job.log").toFile(), "rw")) {
      file.seek((4L << 20) + 10);
      file.write(new byte[20]);
    }

    var passed = log.skip(JOB, 0, NEEDLE, Long.MAX_VALUE);

    assertThat(passed.index()).isBetween(1L, RECORDS / 2L);
    assertThat(passed.bytes()).isEqualTo(4L << 20);
  }

  @Test
  void aLogThatIsNotThereIsNotPassed() {
    assertThat(log.skip(JOB, 0, NEEDLE, Long.MAX_VALUE).index()).isZero();
  }
}
