package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs programs of this machine to their end; what they print is kept in a folder of the test. */
final class OtherPrograms {
  static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path folder;

  OtherPrograms(Path folder) {
    this.folder = folder;
  }

  /** Returns what it prints; its exit code has to be 0. */
  String run(Object... command) throws IOException, InterruptedException {
    var output = Files.createTempFile(folder, "output", ".txt");
    assertThat(exitCode(output, command))
        .as(() -> Arrays.toString(command) + "\n" + text(output))
        .isZero();
    return Files.readString(output);
  }

  /** Runs what may fail, as the removal of what is not there. */
  void tryTo(Object... command) throws IOException, InterruptedException {
    exitCode(Files.createTempFile(folder, "output", ".txt"), command);
  }

  /** Returns its exit code; what it prints is in the file. */
  static int exitCode(Path output, Object... command) throws IOException, InterruptedException {
    var words = new ArrayList<String>();
    List.of(command).forEach(word -> words.add(word.toString()));
    var builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    // The official client keeps a log of each job in the folder for temporary files
    builder.environment().put("TMPDIR", output.getParent().toString());
    var process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as(() -> words + " ends")
          .isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /**
   * Returns what the variable names; skips the test if that part is not here, unless the run asks
   * for it.
   */
  static String required(String part, String variable) {
    var value = System.getenv().getOrDefault(variable, "");
    var asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (!Arrays.asList(asked.split(",")).contains(part)) {
      Assumptions.assumeFalse(
          value.isEmpty(), variable + " is not set: .ci/run brings what it names and sets it");
    }
    return value;
  }
}
