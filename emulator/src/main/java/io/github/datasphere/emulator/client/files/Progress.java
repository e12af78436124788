package io.github.datasphere.emulator.client.files;

/** Hears how far a long task is, and may end it by an exception. */
@FunctionalInterface
public interface Progress {
  /** So many more bytes are done. */
  void advance(long bytes);
}
