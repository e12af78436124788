package io.github.datasphere.emulator.job.spec;

import java.util.List;

public final class CloneMerge {
  private CloneMerge() {}

  public static JobParameters merge(JobParameters a, JobParameters b, List<FieldViolation> v) {
    return a;
  }
}
