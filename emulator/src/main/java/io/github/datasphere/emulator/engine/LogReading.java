package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.logs.Needle;
import io.github.datasphere.emulator.time.Scheduler;

/** Reads the log of one job from an offset on. Only one thread at a time may use it. */
public interface LogReading {
  /** Returns the offset of the next record; a client that goes on later asks for this offset. */
  long position();

  /**
   * Hands over as many records as fit in {@code maxBytes}, but at least one if there is one.
   *
   * @return whether no more records will ever come
   */
  boolean read(int maxBytes, LogReceiver sink);

  /**
   * Passes records that certainly do not hold what is looked for, without reading them one by one;
   * it may pass none.
   *
   * @param maxBytes how much it may look at, about
   * @return how much it has looked at
   */
  default long skip(Needle needle, long maxBytes) {
    return 0;
  }

  /**
   * Runs {@code task} once there is more to read or nothing more will come. The task must not
   * block.
   */
  Scheduler.Cancellable whenReadable(Runnable task);
}
