package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.logs.LogSource;

/** Takes what a test's code answers in place of a program. */
interface RunOutput {
  void print(LogSource source, String text);

  void write(String path, byte[] content);

  /** Ends the run with this code once the test's code has returned. */
  void exitAfterAction(int code);
}
