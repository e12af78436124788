package io.github.datasphere.emulator.runner;

/**
 * How large the files of a job may be (service-behaviour section 8).
 *
 * @param outputBytes of one output file, or of one packed directory (10.38)
 * @param unpackedBytes of all archives of a job together, unless it asks for working storage (4.18)
 */
public record JobLimits(long outputBytes, long unpackedBytes) {
  private static final long GIB = 1L << 30;

  /** What the real service allows. */
  public static final JobLimits STANDARD = new JobLimits(5 * GIB, 20 * GIB);
}
