package io.github.datasphere.junit;

import static java.util.stream.Collectors.joining;

import io.github.datasphere.emulator.Emulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Prints what the author of a failed test needs to see, and saves it in a file that the console
 * shows later: where Maven or Gradle put their reports, or in the folder that the configuration
 * parameter {@code datasphere.emulator.saved-jobs} names.
 */
final class FailureReport {
  /** The folder of such files; {@code none} for none. */
  private static final String FOLDER = "datasphere.emulator.saved-jobs";

  private static final int MOST_JOBS = 100;

  private FailureReport() {}

  static void print(ExtensionContext context, Emulator emulator) {
    System.err.println(
        "What the emulator saw of " + context.getDisplayName() + ":\n" + of(context, emulator));
  }

  /** Saves what the emulator saw in a file, too, and names that. */
  static String of(ExtensionContext context, Emulator emulator) {
    return of(emulator)
        + save(context, emulator)
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

  /** Returns the file; empty if there is no folder of reports, or it cannot be written. */
  private static Optional<Path> save(ExtensionContext context, Emulator emulator) {
    var file = folder(context).map(folder -> folder.resolve(name(context) + ".dsjob"));
    try {
      if (file.isPresent()) {
        var jobs =
            emulator.jobs().stream().limit(MOST_JOBS).map(job -> job.getId()).toList();
        emulator.saveJobs(jobs, file.get());
      }
      return file;
    } catch (IOException | RuntimeException e) {
      // The test has failed already: this must not hide why
      System.err.println("What the emulator saw cannot be saved: " + e);
      return Optional.empty();
    }
  }

  private static Optional<Path> folder(ExtensionContext context) {
    var named = context.getConfigurationParameter(FOLDER);
    if (named.isPresent()) {
      return named.filter(folder -> !folder.equals("none")).map(Path::of);
    }
    var base = Path.of(System.getProperty("basedir", ""));
    var maven = base.resolve("target");
    if (Files.isDirectory(maven)) {
      var plugin =
          context.getRequiredTestClass().getName().endsWith("IT") ? "failsafe" : "surefire";
      return Optional.of(maven.resolve(plugin + "-reports"));
    }
    var gradle = base.resolve("build");
    return Files.isDirectory(gradle)
        ? Optional.of(gradle.resolve("test-results"))
        : Optional.empty();
  }

  /** Class and method; a run of a parameterized test has its number, too. */
  private static String name(ExtensionContext context) {
    var test = context.getRequiredTestClass().getName() + "."
        + context.getRequiredTestMethod().getName();
    var id = context.getUniqueId();
    var run = id.contains("test-template-invocation:#")
        ? "-" + id.replaceAll(".*test-template-invocation:#(\\d+).*", "$1")
        : "";
    return test + run;
  }
}
