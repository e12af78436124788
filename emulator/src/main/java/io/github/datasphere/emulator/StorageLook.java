package io.github.datasphere.emulator;

import io.github.datasphere.emulator.config.MinioConfig;
import java.io.IOException;

/** Tells what a storage is like without starting anything. */
public final class StorageLook {
  private StorageLook() {}

  /**
   * Whether the bucket is there; if not, the start of an emulator makes it.
   *
   * @param config with an endpoint
   * @throws IOException if the server can't be used; the message says why and what to do
   */
  public static boolean hasBucket(MinioConfig config) throws IOException {
    return MinioFiles.hasBucket(config);
  }
}
