package io.github.datasphere.emulator.docker;

import java.util.HashMap;
import java.util.Map;

/**
 * By what the emulator knows its own things in an engine: without these labels it touches nothing.
 *
 * @param owner of what is made: one emulator process, or all that use one data directory
 */
public record Ownership(String owner) {
  /** Names the owner. */
  public static final String OWNER = "io.github.datasphere.emulator.owner";

  /** Names the job that a container runs. */
  public static final String JOB = "io.github.datasphere.emulator.job";

  /** Labels of what belongs to no single job. */
  public Map<String, String> labels() {
    return Map.of(OWNER, owner);
  }

  /** Labels of a job's container. */
  public Map<String, String> labels(String job) {
    var labels = new HashMap<>(labels());
    labels.put(JOB, job);
    return labels;
  }
}
