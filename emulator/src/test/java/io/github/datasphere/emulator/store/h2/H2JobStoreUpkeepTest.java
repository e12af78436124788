package io.github.datasphere.emulator.store.h2;

import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.JobStoreUpkeepContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2JobStoreUpkeepTest extends JobStoreUpkeepContract {
  @TempDir
  Path directory;

  @Override
  protected JobStore open() {
    return H2JobStore.open(directory);
  }
}
