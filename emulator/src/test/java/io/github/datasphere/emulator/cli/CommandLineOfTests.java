package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.reading.ConfigException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/**
 * The commands with their options, and what they do where nothing is set, for tests of documents.
 */
public final class CommandLineOfTests {
  private final ProcessContext context;

  /** In a folder without configuration; the user's own is told as {@code ~}. */
  public CommandLineOfTests(Path folder) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream());
    context = new ProcessContext(
        "datasphere-emulator", Map.of(), folder, Path.of("~"), nowhere, nowhere, false);
  }

  public CommandLine commands() {
    return Commands.all(context);
  }

  /** The configuration of {@code start}. */
  public EmulatorConfig ofServer() throws ConfigException {
    return new StartCommand(context).serverConfig();
  }

  /** The configuration of {@code run} and {@code exec}. */
  public EmulatorConfig ofPassing() throws ConfigException {
    return new ExecCommand(context).passingConfig();
  }
}
