package io.github.datasphere.emulator.runner.process;

import java.io.IOException;
import java.time.Duration;

/** A way to speak to the supervisor of a job. */
interface JobControl {
  /** Sends a request. */
  void send(byte[] request) throws IOException;

  boolean isAlive();

  /**
   * Asks it to end all processes of the job and itself, and waits for that.
   *
   * @return whether it is gone
   */
  boolean release(Duration patience) throws IOException;
}
