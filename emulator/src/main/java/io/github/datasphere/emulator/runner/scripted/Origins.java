package io.github.datasphere.emulator.runner.scripted;

/** Finds the line of a test that ordered something. */
final class Origins {
  private static final String OURS = "io.github.datasphere.emulator.";

  private Origins() {}

  static StackTraceElement caller() {
    return StackWalker.getInstance()
        .walk(frames -> frames
            .filter(frame -> !frame.getClassName().startsWith(OURS) || isTest(frame))
            .findFirst()
            .map(StackWalker.StackFrame::toStackTraceElement))
        .orElse(new StackTraceElement("?", "?", null, -1));
  }

  private static boolean isTest(StackWalker.StackFrame frame) {
    return frame.getClassName().endsWith("Test") || frame.getClassName().contains("Test$");
  }
}
