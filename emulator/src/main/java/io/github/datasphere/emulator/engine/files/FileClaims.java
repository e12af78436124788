package io.github.datasphere.emulator.engine.files;

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
 * never loses its file to a DeleteData of another job (docs/architecture.md). A file that a run
 * stores is held from before it is visible until its job claims it; after a crash it is collected
 * again.
 */
public final class FileClaims {
  private static final int STRIPES = 64;

  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
  private final PinnedFiles held = new PinnedFiles();
  private final JobStore store;
  private final FileStore files;

  /** A step that fails if the medium of the file store fails. */
  @FunctionalInterface
  public interface Step<T> {
    T run() throws IOException;
  }

  public FileClaims(JobStore store, FileStore files) {
    this.store = store;
    this.files = files;
    Arrays.setAll(stripes, i -> new ReentrantLock());
  }

  /** Runs the step while no other thread can unlink or claim any of these files. */
  public <T> T whileHeld(Collection<FileKey> keys, Step<T> step) throws IOException {
    // Lock in ascending order, so that two holders never wait for each other
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
   * before it is copied, so no other thread waits for the copy. An output of a job that is over is
   * dropped.
   */
  public void publish(JobId job, StagedFile file) throws IOException {
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

  /**
   * Notes that this job has committed its claims, or will make none. Files that it does not claim
   * may be deleted now.
   */
  public void letGo(JobId job) {
    for (var key : held.of(job)) {
      unlink(key, () -> held.remove(job, key));
    }
  }

  /**
   * Deletes those of the files that no job claims. A file that cannot be deleted is found again at
   * the next start.
   */
  public void unlink(Collection<FileKey> keys) {
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

  /** Whether the job is over. If the store cannot be read, it counts as not over. */
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
