package io.github.datasphere.emulator.client.files;

/** Receives how far a long task is, and may end it by an exception. */
@FunctionalInterface
public interface TransferProgress {
  /** Notes that this many more bytes are done. */
  void advance(long bytes);
}
