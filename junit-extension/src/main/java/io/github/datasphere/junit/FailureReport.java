package io.github.datasphere.junit;

import static java.util.stream.Collectors.joining;

import io.github.datasphere.emulator.Emulator;

/** Prints what the author of a failed test needs to see. */
final class FailureReport {
  private FailureReport() {}

  static void print(String test, Emulator emulator) {
    System.err.println("What the emulator saw of " + test + ":\n" + of(emulator));
  }

  static String of(Emulator emulator) {
    var jobs =
        emulator.timeline().jobs().stream().map(emulator.timeline()::render).collect(joining());
    var calls = emulator.journal().exchanges().stream()
        .map(exchange -> "\n  " + exchange)
        .collect(joining());
    return jobs + "calls:" + (calls.isEmpty() ? " none" : calls) + "\n" + "clock: "
        + emulator.clock().now() + "\n";
  }
}
