package io.github.datasphere.emulator.logs.segment;

import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.JobLogWaitingContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SegmentJobLogWaitingTest extends JobLogWaitingContract {
  @TempDir
  Path root;

  @Override
  protected JobLog open() {
    return new SegmentJobLog(root);
  }
}
