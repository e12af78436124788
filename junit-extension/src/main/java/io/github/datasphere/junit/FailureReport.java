package io.github.datasphere.junit;

import static java.util.stream.Collectors.joining;

import io.github.datasphere.emulator.Emulator;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Prints what the author of a failed test needs to see. */
final class FailureReport {
  private FailureReport() {}

  static void print(ExtensionContext context, Emulator emulator) {
    System.err.println(
        "What the emulator saw of " + context.getDisplayName() + ":\n" + of(context, emulator));
  }

  /** Saves what the emulator saw in a file, too, and names that. */
  static String of(ExtensionContext context, Emulator emulator) {
    return of(emulator)
        + SavedWorld.save(context, emulator)
            .map(file -> "saved: " + file + " ('datasphere-emulator console FILE' shows it)\n")
            .orElse("");
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
