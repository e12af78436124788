package io.github.datasphere.emulator.store.h2;

import org.jdbi.v3.core.Handle;

/** The numbers of jobs. */
final class JobSequence {
  private JobSequence() {}

  static long next(Handle handle) {
    return handle.createQuery("SELECT NEXT VALUE FOR job_seq").mapTo(Long.class).one();
  }

  /** This number was given out, though the sequence may have lost it in a crash. */
  static void passed(Handle handle, long seq) {
    while (next(handle) < seq) {}
  }
}
