package io.github.datasphere.emulator.files.memory;

import io.github.datasphere.emulator.files.FileStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store that is opened when it is first needed, which for most tests is never. */
final class OpenedLate {
  private final MemoryFileStore.LargeFiles files;
  private volatile @Nullable FileStore store;

  OpenedLate(MemoryFileStore.LargeFiles files) {
    this.files = files;
  }

  boolean isOpen() {
    return store != null;
  }

  synchronized FileStore store() throws IOException {
    var open = store;
    if (open == null) {
      open = files.open();
      store = open;
    }
    return open;
  }

  synchronized void close() {
    var open = store;
    if (open != null) {
      open.close();
    }
  }
}
