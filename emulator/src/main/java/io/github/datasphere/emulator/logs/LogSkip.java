package io.github.datasphere.emulator.logs;

/**
 * A part of a log that certainly does not hold what is looked for.
 *
 * @param index where to read on
 * @param bytes how much was looked at for that
 */
public record LogSkip(long index, long bytes) {
  /** Returns a part without records: one has to be read to know more. */
  public static LogSkip nothing(long index) {
    return new LogSkip(index, 0);
  }
}
