package io.github.datasphere.emulator.files.memory;

import io.github.datasphere.emulator.files.FileStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store that is opened when it is first needed, which for most tests is never. */
final class LazyStore {
  private final LargeFiles files;
  private volatile @Nullable FileStore store;

  LazyStore(LargeFiles files) {
    this.files = files;
  }

  boolean isOpen() {
    return store != null;
  }

  /** Opens it with all files of another one, if that has any. */
  synchronized void beginWith(LazyStore other) throws IOException {
    var start = other.store;
    if (start != null) {
      store = files.open(start);
    }
  }

  synchronized FileStore store() throws IOException {
    var open = store;
    if (open == null) {
      open = files.open(null);
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
