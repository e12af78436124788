package io.github.datasphere.emulator.store.memory;

import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.JobStoreUpkeepContract;

class MemoryJobStoreUpkeepTest extends JobStoreUpkeepContract {
  @Override
  protected JobStore open() {
    return new MemoryJobStore();
  }
}
