package io.github.datasphere.emulator.engine;

/** The user who calls; the answer shows this user as {@code created_by_id}. */
public record Caller(String subjectId) {
  /** The only user of a local emulator. */
  public static final Caller LOCAL = new Caller("ajelocaluser00000000");
}
