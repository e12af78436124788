package io.github.datasphere.emulator.job.spec;

import java.util.Map;

/**
 * A dataset that the job fills: {@code ${var}} is a directory of its own (service-behaviour 4.21).
 */
public record OutputDatasetDesc(
    String name, String description, Map<String, String> labels, long sizeGb, String var) {
  public OutputDatasetDesc {
    labels = Values.orderedCopy(labels);
  }

  /** Returns how much it may hold. */
  public long sizeBytes() {
    return sizeGb << 30;
  }
}
