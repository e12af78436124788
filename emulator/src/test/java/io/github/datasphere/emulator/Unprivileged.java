package io.github.datasphere.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.datasphere.emulator.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command line as somebody who may not do all: root without its right to read and write what it
 * may not, since tests are often root's.
 */
public final class Unprivileged {
  private static final int PATIENCE_SECONDS = 60;
  private static final List<String> WITHOUT_RIGHTS =
      List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

  private Unprivileged() {}

  /** What the command says, on both streams; it must not succeed. */
  public static String failing(Path workingDirectory, String... arguments) throws Exception {
    return failing(isRoot() ? WITHOUT_RIGHTS : List.of(), workingDirectory, arguments);
  }

  /** The same, where something else starts it. */
  public static String failing(List<String> starter, Path workingDirectory, String... arguments)
      throws Exception {
    var command = new ArrayList<>(starter);
    // With performance data Java leaves a working directory that it may not read
    command.addAll(ChildJvm.command(List.of("-XX:-UsePerfData"), Main.class));
    command.addAll(List.of(arguments));
    var said = Files.createTempFile("said", ".txt");
    var process = started(new ProcessBuilder(command)
        .directory(workingDirectory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile()));
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      var text = Files.readString(said, UTF_8);
      assertThat(process.exitValue()).as(text).isNotZero();
      return text;
    } finally {
      process.destroyForcibly();
      Files.delete(said);
    }
  }

  /** Whether the tests are root's. */
  public static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      assumeTrue(false, "root cannot be without its rights here: " + e.getMessage());
      throw new AssertionError(e);
    }
  }
}
