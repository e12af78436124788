package io.github.datasphere.emulator.store.h2;

import static io.github.datasphere.emulator.job.JobStatus.SUCCESS;
import static io.github.datasphere.emulator.store.SampleJobs.id;
import static io.github.datasphere.emulator.store.SampleJobs.job;
import static io.github.datasphere.emulator.store.SampleJobs.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reads leave in memory. */
class H2ReadsTest {
  private static final int READS = 4_000;

  @TempDir
  Path directory;

  /** H2 notes each BLOB that is read outside of its row, and forgets it at the next write. */
  @Test
  void readsLeaveNothingInMemory() throws Exception {
    var inputs = IntStream.range(0, 100).mapToObj(i -> "input" + i).toArray(String[]::new);
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(1, SUCCESS, inputs)));

      for (int i = 0; i < READS; i++) {
        assertThat(store.job(id(1))).isPresent();
      }

      assertThat(notes()).isLessThan(READS / 2);
    }
  }

  /** In the whole JVM, so that other tests may have some. */
  private static long notes() throws Exception {
    var histogram = (String) ManagementFactory.getPlatformMBeanServer()
        .invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"),
            "gcClassHistogram",
            new Object[] {new String[0]},
            new String[] {String[].class.getName()});
    return histogram
        .lines()
        .filter(line -> line.contains("SessionLocal$TimeoutValue")
            || line.contains("LobStorageMap$LobRemovalInfo"))
        .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
        .sum();
  }
}
