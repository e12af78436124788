package io.github.datasphere.emulator.base;

import java.util.Arrays;
import java.util.List;

/** Finds the line of a test that ordered something, so that messages can name it. */
public final class CallSites {
  private static final List<String> OURS =
      List.of("io.github.datasphere.emulator.", "io.github.datasphere.junit.");

  /** Packages that may be between our own code and a test. */
  private static final List<String> BETWEEN = List.of("io.grpc.", "org.assertj.", "java.", "jdk.");

  private CallSites() {}

  /** Returns the nearest caller that is not our own code, or is one of our own tests. */
  public static StackTraceElement caller() {
    return StackWalker.getInstance()
        .walk(frames -> frames
            .filter(frame -> !isOurs(frame.getClassName()))
            .findFirst()
            .map(StackWalker.StackFrame::toStackTraceElement))
        .orElse(new StackTraceElement("?", "?", null, -1));
  }

  /** Returns the same failure, with a stack trace that begins in the code of the test's author. */
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

  /** Returns the failure in one line, with the place in the author's code if it came from there. */
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
