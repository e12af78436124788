package io.github.datasphere.emulator.kill;

/**
 * A job of the recorded servers. What was acknowledged of it stands with how long the record was
 * then; what never was, with the greatest number.
 */
final class RecordedJob {
  private static final long NEVER = Long.MAX_VALUE;

  final String id;
  final byte[] content;
  final long created;
  long uploaded = NEVER;
  long ended = NEVER;

  /** When its deletion, or that of its data, was asked for. */
  long takenBack = NEVER;

  /** When the one or the other was answered. */
  long deleted = NEVER;

  long cleared = NEVER;

  RecordedJob(String id, byte[] content, long created) {
    this.id = id;
    this.content = content;
    this.created = created;
  }

  @Override
  public String toString() {
    return "job " + id;
  }
}
