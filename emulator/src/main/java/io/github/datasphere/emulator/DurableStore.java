package io.github.datasphere.emulator;

import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.h2.H2JobStore;

/** Keeps jobs in the data directory. Loaded on use: it needs the database library. */
final class DurableStore {
  private DurableStore() {}

  /**
   * Opens what an earlier emulator has left there, or begins anew.
   *
   * @throws io.github.datasphere.emulator.store.StoreException if it can't; the message says why
   *     and what to do
   */
  static JobStore open(Workspace workspace) {
    return H2JobStore.open(workspace.folder("state"));
  }
}
