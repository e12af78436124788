package io.github.datasphere.emulator.check;

import io.grpc.Channel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** The service at which a recording is reissued. */
public interface ServiceTarget {
  /**
   * Returns the channel to the host of this name, with the caller's token.
   *
   * @throws IOException if it cannot be made
   */
  Channel channel(String host) throws IOException;

  Instant now();

  /** Waits for this long. */
  void pause(Duration time) throws InterruptedException;
}
