package io.github.datasphere.emulator.job;

import java.util.List;

/** States of a job, numbered as on the wire (service-behaviour 3.12). */
public enum JobStatus {
  CREATING(1),
  EXECUTING(2),
  UPLOADING_OUTPUT(3),
  SUCCESS(4),
  ERROR(5),
  CANCELLED(6),
  CANCELLING(7),
  PREPARING(8);

  private static final List<JobStatus> ALL = List.of(values());

  private final int number;

  JobStatus(int number) {
    this.number = number;
  }

  /**
   * Returns the status with this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static JobStatus of(long number) {
    return ALL.stream()
        .filter(status -> status.number == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no job status has number " + number));
  }

  public int number() {
    return number;
  }

  public boolean isTerminal() {
    return this == SUCCESS || this == ERROR || this == CANCELLED;
  }

  /** Whether the job is between Execute and its end, so that a runner may hold something of it. */
  public boolean isActive() {
    return this != CREATING && !isTerminal();
  }
}
