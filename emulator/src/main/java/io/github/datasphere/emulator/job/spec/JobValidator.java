package io.github.datasphere.emulator.job.spec;

import java.util.List;

public final class JobValidator {
  private JobValidator() {}

  public static List<FieldViolation> validate(JobParameters p, String f) {
    return List.of();
  }
}
