package io.github.datasphere.emulator.logs;

/**
 * A place in the log of a job, given by the number of records before it.
 *
 * @param standardRecords how many of these records come from stdout and stderr
 */
public record LogPosition(long records, long standardRecords) {
  public static final LogPosition START = new LogPosition(0, 0);

  /** Returns the index of the record at this place. */
  public long index(LogSelection selection) {
    return switch (selection) {
      case ALL -> records;
      case STANDARD_STREAMS -> standardRecords;
    };
  }

  /** Returns the place after one more record. */
  public LogPosition after(boolean ofStandardStream) {
    return new LogPosition(records + 1, standardRecords + (ofStandardStream ? 1 : 0));
  }
}
