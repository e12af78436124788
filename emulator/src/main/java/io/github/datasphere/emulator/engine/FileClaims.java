package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.store.JobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serialises claiming and unlinking of one digest, so that a Create that was told "already stored"
 * never loses its file to a DeleteData of another job (design section 2).
 */
final class FileClaims {
  private static final int STRIPES = 64;

  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
  private final JobStore store;
  private final FileStore files;

  /** A step that may fail on the file store's medium. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws IOException;
  }

  FileClaims(JobStore store, FileStore files) {
    this.store = store;
    this.files = files;
    Arrays.setAll(stripes, i -> new ReentrantLock());
  }

  /** Runs the step while none of these files can be unlinked or claimed by anybody else. */
  <T> T whileHeld(Collection<FileKey> keys, Step<T> step) throws IOException {
    // Always in ascending order: two holders never wait for each other
    var needed = keys.stream().mapToInt(FileClaims::stripe).distinct().sorted().toArray();
    for (int stripe : needed) {
      stripes[stripe].lock();
    }
    try {
      return step.run();
    } finally {
      for (int stripe : needed) {
        stripes[stripe].unlock();
      }
    }
  }

  /** Deletes those that nobody claims; what cannot be deleted is found again at the next start. */
  void unlink(Collection<FileKey> keys) {
    for (var key : keys) {
      var lock = stripes[stripe(key)];
      lock.lock();
      try {
        if (!store.isClaimed(key)) {
          files.delete(key);
        }
      } catch (IOException | UncheckedIOException e) {
        log()
            .warn(
                "File {} of project {} could not be deleted; it stays until the next start",
                key.sha256(),
                key.project(),
                e);
      } finally {
        lock.unlock();
      }
    }
  }

  private static int stripe(FileKey key) {
    return Math.floorMod(key.hashCode(), STRIPES);
  }

  private static Logger log() {
    return LoggerFactory.getLogger(FileClaims.class);
  }
}
