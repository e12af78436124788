package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Finds what a test has left undone. */
final class StrictMode {
  private StrictMode() {}

  /**
   * Throws if anything was left undone.
   *
   * @throws AssertionError names each thing and where it came from
   */
  static void check(ExtensionContext context, Emulator emulator) {
    var problems = emulator.undone();
    if (!problems.isEmpty()) {
      throw new AssertionError("The test left something undone (strict mode):\n- "
          + String.join("\n- ", problems) + "\n" + FailureReport.of(context, emulator));
    }
  }
}
