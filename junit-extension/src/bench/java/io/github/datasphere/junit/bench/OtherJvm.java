package io.github.datasphere.junit.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of this module in a JVM of its own, which prints what it measured. */
final class OtherJvm {
  private static final String MARK = "nanos ";
  private static final double NANOS_PER_MILLI = 1e6;

  private OtherJvm() {}

  /** The milliseconds that it measured, one or several times. */
  static Rounds run(Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        program.getName()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var status = process.waitFor();
    var millis = output
        .lines()
        .filter(line -> line.startsWith(MARK))
        .mapToDouble(line -> Long.parseLong(line.substring(MARK.length())) / NANOS_PER_MILLI)
        .toArray();
    if (status != 0 || millis.length == 0) {
      throw new IllegalStateException(
          program.getSimpleName() + " " + String.join(" ", arguments) + " ended with " + status);
    }
    return new Rounds(millis);
  }
}
