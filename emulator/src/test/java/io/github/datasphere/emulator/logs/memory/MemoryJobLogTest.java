package io.github.datasphere.emulator.logs.memory;

import static io.github.datasphere.emulator.logs.LogSelection.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.JobLogContract;
import io.github.datasphere.emulator.logs.LogSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryJobLogTest extends JobLogContract {
  @Override
  protected JobLog open() {
    return new MemoryJobLog();
  }

  @Test
  void snapshotIsNotTouchedByLaterRecords() {
    var first = new MemoryJobLog();
    first.append(JOB, record(LogSource.STDOUT, "a"));
    var snapshot = first.snapshot();
    first.append(JOB, record(LogSource.STDOUT, "b"));
    var second = new MemoryJobLog(snapshot);
    second.append(JOB, record(LogSource.STDOUT, "c"));
    second.end(JOB);
    assertThat(texts(new MemoryJobLog(snapshot).read(JOB, ALL, 0, 99))).containsExactly("a");
    assertThat(texts(first.read(JOB, ALL, 0, 99))).isEqualTo(List.of("a", "b"));
    assertThat(texts(second.read(JOB, ALL, 0, 99))).isEqualTo(List.of("a", "c"));
    assertThat(first.read(JOB, ALL, 0, 99).ended()).isFalse();
  }
}
