package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the emulator saw of a failed test, in a file beside the test's report: the console shows it
 * later. Written where Maven or Gradle put their reports, or in the folder that the configuration
 * parameter {@code datasphere.emulator.saved-jobs} names.
 */
final class SavedWorld {
  /** The folder of such files; {@code none} for none. */
  private static final String FOLDER = "datasphere.emulator.saved-jobs";

  private static final int MOST_JOBS = 100;

  private SavedWorld() {}

  /** Returns the file; empty if there is no folder of reports, or it cannot be written. */
  static Optional<Path> save(ExtensionContext context, Emulator emulator) {
    var file = folder(context).map(folder -> folder.resolve(name(context) + ".dsjob"));
    try {
      if (file.isPresent()) {
        var jobs = emulator.jobs().stream().limit(MOST_JOBS).map(job -> job.id()).toList();
        emulator.saver().save(jobs, file.get());
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
      var plugin = context.getRequiredTestClass().getName().endsWith("IT") ? "failsafe" : "surefire";
      return Optional.of(maven.resolve(plugin + "-reports"));
    }
    var gradle = base.resolve("build");
    return Files.isDirectory(gradle)
        ? Optional.of(gradle.resolve("test-results"))
        : Optional.empty();
  }

  /** Class and method; a run of a parameterized test has its number, too. */
  private static String name(ExtensionContext context) {
    var test = context.getRequiredTestClass().getName() + "." + context.getRequiredTestMethod().getName();
    var id = context.getUniqueId();
    var run = id.contains("test-template-invocation:#")
        ? "-" + id.replaceAll(".*test-template-invocation:#(\\d+).*", "$1")
        : "";
    return test + run;
  }
}
