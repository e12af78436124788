package io.github.datasphere.emulator.logs;

/**
 * A place in the log of a job: so many records lie before it.
 *
 * @param standardRecords those of them that come from stdout and stderr
 */
public record LogPosition(long records, long standardRecords) {
  public static final LogPosition START = new LogPosition(0, 0);

  /** The index of the record at this place. */
  public long index(LogSelection selection) {
    return switch (selection) {
      case ALL -> records;
      case STANDARD_STREAMS -> standardRecords;
    };
  }

  /** Behind one more record. */
  public LogPosition after(boolean ofStandardStream) {
    return new LogPosition(records + 1, standardRecords + (ofStandardStream ? 1 : 0));
  }
}
