package io.github.datasphere.emulator.logs.memory;

import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.JobLogWaitingContract;

class MemoryJobLogWaitingTest extends JobLogWaitingContract {
  @Override
  protected JobLog open() {
    return new MemoryJobLog();
  }
}
