package io.github.datasphere.emulator.job;

/** Finds the line of a test that ordered something, for messages that lead there. */
public final class Origins {
  private static final String OURS = "io.github.datasphere.emulator.";

  private Origins() {}

  /** The nearest caller that is none of ours, or one of our own tests. */
  public static StackTraceElement caller() {
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
