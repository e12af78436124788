package io.github.datasphere.emulator.job.spec;

/**
 * Disk for the working directory beside the default 20 GB (service-behaviour 2.14, 4.18), in GiB.
 */
public record WorkingStorage(Type type, long sizeGb) {
  private static final int GIB_BITS = 30;

  /** Kinds of disk. */
  public enum Type {
    UNSPECIFIED,
    SSD
  }

  public long sizeBytes() {
    return sizeGb << GIB_BITS;
  }
}
