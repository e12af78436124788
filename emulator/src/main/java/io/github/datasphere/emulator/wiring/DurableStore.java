package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.h2.H2JobStore;

/**
 * Keeps jobs in the data directory. This class needs the database library, so it is loaded only
 * when it is used.
 */
public final class DurableStore {
  private DurableStore() {}

  /**
   * Opens the jobs that an earlier emulator has left there; starts empty if there are none.
   *
   * @throws io.github.datasphere.emulator.store.StoreException if it cannot; the message says why
   *     and what to do
   */
  public static JobStore open(Workspace workspace) {
    return H2JobStore.open(workspace.folder("state"));
  }
}
