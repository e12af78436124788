package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;

/** Entry point of the assertions; needs AssertJ, which the extension itself does not. */
public final class EmulatorAssertions {
  private EmulatorAssertions() {}

  /** Begins assertions on an emulator, and from there on its jobs, operations and calls. */
  public static EmulatorAssert assertThat(Emulator emulator) {
    return new EmulatorAssert(emulator);
  }
}
