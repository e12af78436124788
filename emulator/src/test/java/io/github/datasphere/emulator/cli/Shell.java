package io.github.datasphere.emulator.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs commands in-process and keeps what they print. */
final class Shell {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ProcessContext context;

  /**
   * A shell without variables of its own.
   *
   * @param folder working directory; the home folder is {@code home} in it
   */
  Shell(Path folder) {
    this(folder, Map.of());
  }

  Shell(Path folder, Map<String, String> environment) {
    this.context = new ProcessContext(
        "datasphere-emulator",
        environment,
        folder,
        folder.resolve("home"),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false);
  }

  int run(String... args) {
    return new Main(context).run(args);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
