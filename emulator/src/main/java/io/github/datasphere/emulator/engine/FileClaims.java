package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.store.JobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serialises claiming and unlinking of one digest, so that a Create that was told "already stored"
 * never loses its file to a DeleteData of another job (docs/architecture.md). What a run stores is
 * held from before it is visible until its job claims it; after a crash it is collected anew.
 */
final class FileClaims {
  private static final int STRIPES = 64;

  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
  private final HeldFiles held = new HeldFiles();
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

  /**
   * Makes an output of a run visible, and keeps it until {@link #letGo}, claimed or not. It is held
   * first: so nobody waits while it is copied. That of a job that is over goes nowhere.
   */
  void publish(JobId job, StagedFile file) throws IOException {
    var key = file.key();
    whileHeld(Set.of(key), () -> held.add(job, key));
    if (isOver(job)) {
      held.remove(job, key);
      return;
    }
    file.publish();
    if (!held.contains(key)) {
      // The job has ended meanwhile
      unlink(Set.of(key));
    }
  }

  /** This job has committed its claims, or makes none: what it does not claim may go. */
  void letGo(JobId job) {
    for (var key : held.of(job)) {
      unlink(key, () -> held.remove(job, key));
    }
  }

  /** Deletes those that nobody claims; what cannot be deleted is found again at the next start. */
  void unlink(Collection<FileKey> keys) {
    keys.forEach(key -> unlink(key, () -> {}));
  }

  private void unlink(FileKey key, Runnable before) {
    var lock = stripes[stripe(key)];
    lock.lock();
    try {
      before.run();
      if (!held.contains(key) && !store.isClaimed(key)) {
        files.delete(key);
      }
    } catch (IOException | UncheckedIOException e) {
      PlainWarning.tell(
          log(),
          e,
          "File {} of project {} stays until the next start, since it could not be deleted",
          key.sha256(),
          key.project());
    } finally {
      lock.unlock();
    }
  }

  /** One that can't be told apart from others is not. */
  private boolean isOver(JobId job) {
    try {
      return store.job(job).map(known -> known.status().isTerminal()).orElse(true);
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static int stripe(FileKey key) {
    return Math.floorMod(key.hashCode(), STRIPES);
  }

  private static Logger log() {
    return LoggerFactory.getLogger(FileClaims.class);
  }
}
