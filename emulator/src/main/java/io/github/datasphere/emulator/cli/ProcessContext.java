package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.base.UserEnvironment;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command needs of the process around it.
 *
 * @param program how the user calls the emulator
 * @param environment variables of the process
 * @param home the user's own folder
 * @param out takes what the user asked for
 * @param err takes everything else
 * @param terminal whether {@code err} is a terminal
 */
record ProcessContext(
    String program,
    Map<String, String> environment,
    Path workingDirectory,
    Path home,
    PrintStream out,
    PrintStream err,
    boolean terminal) {
  /** Set by the launcher. */
  private static final String PROGRAM = "datasphere.emulator.program";

  /** Set by the launcher. */
  private static final String TERMINAL = "datasphere.emulator.terminal";

  static ProcessContext ofProcess() {
    return new ProcessContext(
        System.getProperty(PROGRAM, "datasphere-emulator"),
        UserEnvironment.variables(),
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("user.home")),
        System.out,
        System.err,
        Boolean.getBoolean(TERMINAL));
  }
}
