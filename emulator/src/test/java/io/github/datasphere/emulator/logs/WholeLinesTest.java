package io.github.datasphere.emulator.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.BufferedProgram.Buffer;
import io.github.datasphere.emulator.logs.memory.MemoryJobLog;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program that writes whole lines shows whole lines, whatever its buffer and its pace; a part of
 * a line that is no buffer's end shows within a second. On a clock that this test moves.
 */
class WholeLinesTest {
  private static final JobId JOB = new JobId("bt1job");
  private static final int ROUNDS = 12;

  private long seed = System.nanoTime();
  private Random random = new Random(seed);
  private MemoryJobLog log = new MemoryJobLog();
  private LogWriters writers = new LogWriters(log, Clock.systemUTC());
  private LogWriter writer = writers.open(JOB, LogSource.STDOUT, 0);
  private ByteArrayOutputStream written = new ByteArrayOutputStream();
  private long millis;

  WholeLinesTest() {
    writers.close();
  }

  @ParameterizedTest
  @EnumSource(Buffer.class)
  void bufferedLinesShowWholeAtAnyPace(Buffer buffer) {
    choose(buffer);
    for (int round = 0; round < ROUNDS; round++) {
      begin();
      for (var blocks : program(buffer)) {
        blocks.forEach(this::deliver);
        pass(pause());
      }
      assertWholeLines(buffer);
    }
  }

  @ParameterizedTest
  @EnumSource(Buffer.class)
  void bufferedLinesShowWholeAcrossRestarts(Buffer buffer) {
    choose(buffer);
    for (int round = 0; round < ROUNDS; round++) {
      begin();
      for (var blocks : program(buffer)) {
        blocks.forEach(this::deliver);
        pass(pause());
        if (random.nextInt(3) == 0) {
          restart();
          pass(pause());
        }
      }
      assertWholeLines(buffer);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 8192, 65536})
  void linesAfterThoseOfAnotherProgramShowWhole(int size) {
    for (int round = 0; round < ROUNDS; round++) {
      begin();
      take("the shell says something first\n".getBytes(UTF_8));
      pass(random.nextBoolean() ? 0 : 500);
      var all = lines(size * 4);
      for (int from = 0; from < all.length; from += size) {
        take(Arrays.copyOfRange(all, from, Math.min(all.length, from + size)));
        pass(3000);
      }
      assertWholeLines(Buffer.EXACT_4_KIB);
    }
  }

  @Test
  void partOfALineShowsWithinASecond() {
    for (int round = 0; round < ROUNDS; round++) {
      begin();
      for (int i = random.nextInt(50); i > 0; i--) {
        take(("line " + i + "\n").getBytes(UTF_8));
        pass(random.nextInt(200));
      }
      take("loading ... ".getBytes(UTF_8));
      pass(1000);
      assertThat(content()).as("seed %d", seed).isEqualTo(written.toByteArray());
    }
  }

  @Test
  void wholeLinesShowWithinFiveMilliseconds() {
    for (int round = 0; round < ROUNDS; round++) {
      begin();
      take("x".repeat(random.nextInt(20_000)).getBytes(UTF_8));
      pass(random.nextInt(300));
      take(("end\n" + "y".repeat(random.nextInt(100))).getBytes(UTF_8));
      pass(5);
      assertThat(new String(content(), UTF_8)).as("seed %d", seed).contains("end\n");
    }
  }

  /** Where a buffer is written before it is full, its end is guessed: always the same runs. */
  private void choose(Buffer buffer) {
    if (!buffer.isExact()) {
      seed = 17;
      random = new Random(seed);
    }
  }

  private void begin() {
    log = new MemoryJobLog();
    writers = new LogWriters(log, Clock.systemUTC());
    writers.close();
    writer = writers.open(JOB, LogSource.STDOUT, 0);
    written = new ByteArrayOutputStream();
  }

  /** What it writes from pause to pause. */
  private List<List<byte[]>> program(Buffer buffer) {
    var program = new BufferedProgram(buffer);
    var writes = new ArrayList<List<byte[]>>();
    int longest = new int[] {20, 200, 2000, 100_000}[random.nextInt(buffer.isExact() ? 4 : 3)];
    int most = 20_000 + random.nextInt(400_000);
    for (int printed = 0; printed < most; ) {
      var line =
          List.of("step ", "" + printed, " loss ", "x".repeat(random.nextInt(longest)), " acc\n");
      writes.add(program.print(line));
      printed += String.join("", line).length();
    }
    writes.add(program.end());
    writes.removeIf(List::isEmpty);
    return writes;
  }

  private byte[] lines(int bytes) {
    var text = new StringBuilder();
    while (text.length() < bytes) {
      text.append("step ").append("x".repeat(random.nextInt(60))).append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }

  private int pause() {
    return new int[] {0, 1, 30, 450, 3000, 60_000}[random.nextInt(6)];
  }

  /** Whole, or cut by those who pass it on. */
  private void deliver(byte[] block) {
    int pieces = 1 + random.nextInt(3);
    for (int i = 0; i < pieces; i++) {
      take(Arrays.copyOfRange(block, block.length * i / pieces, block.length * (i + 1) / pieces));
      pass(random.nextInt(20));
    }
  }

  private void take(byte[] bytes) {
    written.writeBytes(bytes);
    writer.write(bytes, 0, bytes.length);
  }

  /** The new one reads on behind what the log has; the old one was told to leave or was killed. */
  private void restart() {
    if (random.nextBoolean()) {
      writer.leave();
    }
    writers = new LogWriters(log, Clock.systemUTC());
    writers.close();
    long known = log.storedBytes(JOB, LogSource.STDOUT);
    writer = writers.open(JOB, LogSource.STDOUT, known);
    var bytes = written.toByteArray();
    for (int from = (int) known; from < bytes.length; from += 64 << 10) {
      writer.write(bytes, from, Math.min(64 << 10, bytes.length - from));
    }
  }

  private void pass(int time) {
    for (int i = 0; i < time; i++) {
      millis++;
      if (millis % 2 == 0) {
        writers.lines().tick();
      }
      if (millis % 100 == 0) {
        writers.unfinished().tick();
      }
    }
  }

  private void assertWholeLines(Buffer buffer) {
    writer.close();
    assertThat(content()).as("seed %d", seed).isEqualTo(written.toByteArray());
    var records = records();
    records.remove(records.size() - 1);
    assertThat(records.stream()
            .filter(record -> record[record.length - 1] != '\n')
            .map(record -> record.length + ": "
                + new String(
                    record, Math.max(0, record.length - 50), Math.min(50, record.length), UTF_8)))
        .as("%s, seed %d", buffer, seed)
        .isEmpty();
  }

  private byte[] content() {
    var all = new ByteArrayOutputStream();
    records().forEach(all::writeBytes);
    return all.toByteArray();
  }

  private List<byte[]> records() {
    return new ArrayList<>(log.read(JOB, LogSelection.ALL, 0, Integer.MAX_VALUE).records().stream()
        .map(LogRecord::content)
        .toList());
  }
}
