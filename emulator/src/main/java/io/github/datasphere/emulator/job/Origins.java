package io.github.datasphere.emulator.job;

import java.util.Arrays;
import java.util.List;

/** Finds the line of a test that ordered something, for messages that lead there. */
public final class Origins {
  private static final List<String> OURS =
      List.of("io.github.datasphere.emulator.", "io.github.datasphere.junit.");

  /** What may lie between us and a test beside our own code. */
  private static final List<String> BETWEEN = List.of("io.grpc.", "org.assertj.", "java.", "jdk.");

  private Origins() {}

  /** The nearest caller that is none of ours, or one of our own tests. */
  public static StackTraceElement caller() {
    return StackWalker.getInstance()
        .walk(frames -> frames
            .filter(frame -> !isOurs(frame.getClassName()))
            .findFirst()
            .map(StackWalker.StackFrame::toStackTraceElement))
        .orElse(new StackTraceElement("?", "?", null, -1));
  }

  /** The same failure, with a stack trace that begins in the code of the test's author. */
  public static <T extends Throwable> T inAuthorsCode(T failure) {
    var trace = failure.getStackTrace();
    for (int i = 0; i < trace.length; i++) {
      if (isAuthors(trace[i].getClassName())) {
        failure.setStackTrace(Arrays.copyOfRange(trace, i, trace.length));
        return failure;
      }
    }
    return failure;
  }

  /** The failure in one line, with the place in the author's code if it came from there. */
  public static String told(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .filter(frame -> isAuthors(frame.getClassName()))
        .findFirst()
        .map(frame -> failure + " at " + frame)
        .orElse(failure.toString());
  }

  private static boolean isAuthors(String type) {
    return !isOurs(type) && BETWEEN.stream().noneMatch(type::startsWith);
  }

  private static boolean isOurs(String type) {
    return OURS.stream().anyMatch(type::startsWith)
        && !type.endsWith("Test")
        && !type.contains("Test$");
  }
}
