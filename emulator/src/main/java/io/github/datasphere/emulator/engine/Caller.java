package io.github.datasphere.emulator.engine;

/** Who calls; becomes {@code created_by_id}. */
public record Caller(String subjectId) {
  /** The one user of a local emulator. */
  public static final Caller LOCAL = new Caller("ajelocaluser00000000");
}
