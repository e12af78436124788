package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.config.MinioConfig;
import java.io.IOException;

/** Looks at an S3 storage without starting anything. */
public final class StorageProbe {
  private StorageProbe() {}

  /**
   * Whether the bucket exists; if not, an emulator makes it at its start.
   *
   * @param config must name an endpoint
   * @throws IOException if the server cannot be used; the message says why and what to do
   */
  public static boolean hasBucket(MinioConfig config) throws IOException {
    return MinioFiles.hasBucket(config);
  }
}
