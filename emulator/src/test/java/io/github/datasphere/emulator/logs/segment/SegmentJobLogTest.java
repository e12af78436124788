package io.github.datasphere.emulator.logs.segment;

import static io.github.datasphere.emulator.logs.LogSelection.ALL;
import static io.github.datasphere.emulator.logs.LogSelection.STANDARD_STREAMS;
import static io.github.datasphere.emulator.logs.LogSource.STDERR;
import static io.github.datasphere.emulator.logs.LogSource.STDOUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.JobLogContract;
import io.github.datasphere.emulator.logs.LogQuota;
import io.github.datasphere.emulator.logs.LogSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentJobLogTest extends JobLogContract {
  @TempDir
  Path root;

  @Override
  protected JobLog open() {
    return new SegmentJobLog(root);
  }

  @Test
  void everythingIsThereAfterARestart() {
    out("a");
    log.append(JOB, record(LogSource.SYSTEM, "b"));
    log.append(JOB, record(STDERR, "c"));
    restart();
    out("d");
    assertThat(read(ALL, 0)).containsExactly("a", "b", "c", "d");
    assertThat(read(STANDARD_STREAMS, 0)).containsExactly("a", "c", "d");
    assertThat(log.storedBytes(JOB, STDOUT)).isEqualTo(2);
  }

  @Test
  void endIsKnownAfterARestart() {
    out("a");
    log.end(JOB);
    restart();
    out("b");
    assertThat(read(ALL, 0)).containsExactly("a");
    assertThat(log.read(JOB, ALL, 0, 10).ended()).isTrue();
  }

  @Test
  void limitIsKnownAfterARestart() {
    fill(STDOUT);
    out("beyond");
    long end = log.end(JOB, ALL);
    restart();
    out("far beyond");
    assertThat(log.end(JOB, ALL)).isEqualTo(end);
    assertThat(log.storedBytes(JOB, STDOUT)).isEqualTo(LogQuota.LIMIT);
  }

  @Test
  void bytesOfAllSourcesAreKnownFromTheLastBlockAlone() {
    log.append(JOB, record(LogSource.file("early.log"), "123"));
    log.append(JOB, record(LogSource.file("early.log"), "45"));
    for (int i = 0; i < 5000; i++) {
      out("x".repeat(1000));
    }
    restart();
    assertThat(log.storedBytes(JOB, LogSource.file("early.log"))).isEqualTo(5);
    assertThat(log.storedBytes(JOB, STDOUT)).isEqualTo(5_000_000);
  }

  @Test
  void deletedLogLeavesNoFile() throws IOException {
    out("a");
    log.end(JOB);
    log.delete(JOB);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void readersAndWriterOfManyJobsShareFewHandles() throws IOException {
    var waiting = new AtomicInteger();
    int jobs = 2000;
    for (int i = 0; i < jobs; i++) {
      var job = new JobId("job" + i);
      log.append(job, record(STDOUT, "first"));
      log.whenReadable(job, ALL, 1, waiting::incrementAndGet);
      log.append(new JobId("idle" + i), record(STDOUT, "only"));
    }
    assertThat(openFiles("idle")).isLessThanOrEqualTo(64);
    for (int i = 0; i < jobs; i++) {
      log.append(new JobId("job" + i), record(STDOUT, "second"));
    }
    assertThat(waiting).hasValue(jobs);
    assertThat(openFiles("")).isLessThanOrEqualTo(64);
    assertThat(texts(log.read(new JobId("job7"), ALL, 0, 99))).containsExactly("first", "second");
  }

  @Test
  void outputThatTheDiskRefusesForAMomentIsKept() throws IOException {
    var file = root.resolve("bt1job.log");
    Files.createDirectory(file);
    out("waits");
    log.append(JOB, record(STDERR, "too"));
    Files.delete(file);
    assertThat(read(ALL, 0)).containsExactly("waits", "too");
    out("follows");
    restart();
    assertThat(read(ALL, 0)).containsExactly("waits", "too", "follows");
  }

  @Test
  void outputThatWaitsForTheDiskIsWrittenAtTheEndAtLatest() throws IOException {
    var file = root.resolve("bt1job.log");
    Files.createDirectory(file);
    out("waits");
    Files.delete(file);
    log.end(JOB);
    restart();
    assertThat(read(ALL, 0)).containsExactly("waits");
  }

  @Test
  void outputThatWaitsForTheDiskIsNotStoredYet() throws IOException {
    var file = root.resolve("bt1job.log");
    Files.createDirectory(file);
    out("waits");
    assertThat(log.isStored(JOB)).isFalse();
    Files.delete(file);
    assertThat(log.isStored(JOB)).isTrue();
    restart();
    assertThat(read(ALL, 0)).containsExactly("waits");
  }

  @Test
  void outputThatTheDiskRefusedAtTheEndIsThereOnceItTakesIt() throws IOException {
    out("first");
    // Gives the handle back; what is known of the log stays
    log.close();
    var file = root.resolve("bt1job.log");
    var kept = root.resolve("kept");
    Files.move(file, kept);
    Files.createDirectory(file);
    out("last");
    log.end(JOB);
    Files.delete(file);
    Files.move(kept, file);
    assertThat(read(ALL, 0)).containsExactly("first", "last");
    assertThat(log.read(JOB, ALL, 2, 99).ended()).isTrue();
    assertThat(log.isStored(JOB)).isTrue();
    restart();
    assertThat(read(ALL, 0)).containsExactly("first", "last");
  }

  @Test
  void logThatWasDeletedBeforeItsEndWasWrittenDoesNotComeBack() throws IOException {
    var file = root.resolve("bt1job.log");
    out("first");
    log.close();
    Files.delete(file);
    Files.createDirectory(file);
    log.end(JOB);
    assertThat(log.isStored(JOB)).isFalse();
    log.delete(JOB);
    Files.deleteIfExists(file);

    assertThat(read(ALL, 0)).isEmpty();
    assertThat(log.isStored(JOB)).isTrue();
    assertThat(file).doesNotExist();
  }

  @Test
  void outputThatTheDiskRefusesForLongIsMissingWithAWord() throws IOException {
    var file = root.resolve("bt1job.log");
    Files.createDirectory(file);
    for (int i = 0; i < 4; i++) {
      out("x".repeat(64 << 10));
    }
    out("lost");
    log.append(JOB, record(STDERR, "too"));
    Files.delete(file);
    out("follows");
    assertThat(log.storedBytes(JOB, STDOUT)).isEqualTo((256 << 10) + 7);
    restart();
    var texts = texts(log.read(JOB, ALL, 0, 1 << 20));
    assertThat(texts).hasSize(6).last().isEqualTo("follows");
    assertThat(texts.get(4)).contains("7 bytes are missing here");
    assertThat(log.storedBytes(JOB, STDOUT)).isEqualTo((256 << 10) + 7);
  }

  @Test
  void damageInTheMiddleHidesNoMoreThanItsBlock() throws IOException {
    for (int i = 0; i < 4000; i++) {
      out("%04d".formatted(i) + "x".repeat(1000));
    }
    log.close();
    var file = root.resolve("bt1job.log");
    var bytes = Files.readAllBytes(file);
    bytes[(1 << 20) + 5000] ^= 1;
    Files.write(file, bytes);
    log = open();
    long next = 0;
    var seen = new ArrayList<String>();
    while (next < 4000) {
      var page = log.read(JOB, ALL, next, 100_000);
      assertThat(page.nextIndex()).isGreaterThan(next);
      next = page.nextIndex();
      texts(page).forEach(text -> seen.add(text.contains("damaged") ? text : text.substring(0, 4)));
    }
    assertThat(seen).contains("0000", "0500", "3000", "3999").doesNotContain("1500");
    assertThat(seen).filteredOn(text -> text.contains("damaged")).hasSize(1);
  }

  @Test
  void damageOfABlocksBeginningHidesThatBlockAlone() throws IOException {
    for (int i = 0; i < 4000; i++) {
      out("%04d".formatted(i) + "x".repeat(1000));
    }
    log.close();
    var file = root.resolve("bt1job.log");
    var bytes = Files.readAllBytes(file);
    bytes[(1 << 20) + 3] ^= 1;
    Files.write(file, bytes);
    log = open();
    var page = log.read(JOB, ALL, 1500, 10_000);
    assertThat(texts(page).get(0)).contains("damaged");
    assertThat(texts(page).get(1))
        .startsWith(Long.toString(page.nextIndex() - page.records().size() + 1));
    assertThat(read(ALL, 3999)).singleElement().asString().startsWith("3999");
    assertThat(read(ALL, 10).get(0)).startsWith("0010");
  }

  @Test
  void fileOfAnotherKindIsNotReadAsALog() throws IOException {
    Files.write(root.resolve("bt1job.log"), "not a log at all".repeat(1000).getBytes(UTF_8));
    assertThat(log.read(JOB, ALL, 0, 10).records()).isEmpty();
  }

  private void restart() {
    log.close();
    log = open();
  }

  private long openFiles(String prefix) throws IOException {
    try (var handles = Files.list(Path.of("/proc/self/fd"))) {
      return handles
          .filter(handle -> target(handle).startsWith(root.resolve(prefix) + ""))
          .count();
    }
  }

  private static String target(Path handle) {
    try {
      return Files.readSymbolicLink(handle).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
