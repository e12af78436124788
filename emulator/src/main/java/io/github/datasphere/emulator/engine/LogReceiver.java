package io.github.datasphere.emulator.engine;

import java.time.Instant;

/** Takes in the records of a log in their order; {@code content} must not be changed. */
public interface LogReceiver {
  void stdout(Instant createdAt, byte[] content);

  void stderr(Instant createdAt, byte[] content);

  /**
   * Takes a record of another stream.
   *
   * @param path path as clients know it, such as {@code .system.log} (service-behaviour 5.5)
   */
  void file(String path, Instant createdAt, byte[] content);
}
