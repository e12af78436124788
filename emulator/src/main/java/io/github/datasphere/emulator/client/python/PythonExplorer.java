package io.github.datasphere.emulator.client.python;

import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.emulator.client.config.CommandPrograms;
import io.github.datasphere.emulator.client.config.PythonConfig;
import io.github.datasphere.emulator.client.config.RootModule;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds out what scripts need by importing them under the machine's {@code python3}, as the
 * official client does within itself (service-behaviour 9.5, 9.6). Unlike that it asks no package
 * index: an installed distribution counts as one of the index unless it says that it came from
 * elsewhere.
 */
public final class PythonExplorer {
  private static final String PROGRAM = "explore.py";
  private static final int OUTPUT_TAIL = 4000;
  private static final long CHECK_MILLIS = 50;
  private static final String MANUAL = "describe the environment by hand, with `type: manual`";

  private final Path folder;
  private final Map<String, String> environment;
  private final Consumer<String> warnings;
  private final Runnable check;

  /** Takes what is configured and looks for the rest under the machine's {@code python3}. */
  public PythonSetup setup(PythonConfig config) throws PythonSetupException, InterruptedException {
    if (config.version() != null && config.requirements() != null && config.localPaths() != null) {
      return new PythonSetup(
          config.version(), config.requirements(), config.localPaths(), config.pip());
    }
    PythonSetup found = explore(config.roots());
    List<String> listed = config.localPaths();
    return new PythonSetup(
        config.version() == null ? found.version() : config.version(),
        config.requirements() == null ? found.requirements() : config.requirements(),
        listed == null || listed.isEmpty() ? found.localModules() : listed,
        config.pip());
  }

  /**
   * An explorer for scripts of one folder.
   *
   * @param environment variables of the caller, {@code PATH} with {@code python3} on it
   * @param check called now and then; ends the search by an exception
   */
  public PythonExplorer(
      Path folder, Map<String, String> environment, Consumer<String> warnings, Runnable check) {
    this.folder = folder;
    this.environment = environment;
    this.warnings = warnings;
    this.check = check;
  }

  PythonSetup explore(List<RootModule> roots) throws PythonSetupException, InterruptedException {
    var python = new CommandPrograms(folder, environment)
        .find("python3")
        .orElseThrow(() -> new PythonSetupException(
            "the Python environment cannot be found out, as there is no `python3` on the"
                + " PATH: install Python, or " + MANUAL));
    try {
      // Its arguments would be written by the locale's encoding
      var result = Files.writeString(
          Files.createTempFile("datasphere_", ".found"),
          roots.stream()
              .map(root -> (root.named() ? "module:" : "script:") + root.path() + "\0")
              .collect(Collectors.joining()));
      var output = Files.createTempFile("datasphere_", ".out");
      try {
        int code = run(List.of(python.toString(), "-c", program(), result.toString()), output);
        return parse(answer(result), code, python, output);
      } finally {
        Files.delete(result);
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new PythonSetupException("cannot ask " + python + " for the environment: " + e);
    }
  }

  private static String answer(Path result) throws IOException, PythonSetupException {
    var answer = new String(Files.readAllBytes(result), StandardCharsets.UTF_8);
    if (Utf8Paths.isDamaged(answer)) {
      var named = Arrays.stream(answer.split("\0"))
          .filter(Utf8Paths::isDamaged)
          .findFirst()
          .orElse(answer);
      throw new PythonSetupException("the name " + named
          + " is not UTF-8: the official client cannot send it either, rename it");
    }
    return answer;
  }

  private int run(List<String> command, Path output) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    var process = builder.start();
    try {
      while (!process.waitFor(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
        check.run();
      }
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** The program's answer is pairs of a kind and a text, each ended by a zero byte. */
  private PythonSetup parse(String answer, int code, Path python, Path output)
      throws IOException, PythonSetupException {
    var version = "";
    var requirements = new ArrayList<String>();
    var localModules = new ArrayList<String>();
    var error = "";
    var words = answer.split("\0");
    for (int index = 0; index + 1 < words.length; index += 2) {
      var text = words[index + 1];
      switch (words[index]) {
        case "version" -> version = text;
        case "requirement" -> requirements.add(text);
        case "local" -> localModules.add(text);
        case "warning" -> warnings.accept(text);
        case "error" -> error = text;
        default -> throw new PythonSetupException("the explorer said `" + words[index] + "`");
      }
    }
    if (code != 0 || version.isEmpty()) {
      var reason = error.isEmpty() ? "it ended with code " + code : error;
      throw new PythonSetupException("the Python environment cannot be found out under " + python
          + ": " + reason + "\n" + tail(output) + "mend that, or " + MANUAL);
    }
    return new PythonSetup(version, requirements, localModules, null);
  }

  private static String tail(Path output) throws IOException {
    var text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
    var end = text.substring(Math.max(0, text.length() - OUTPUT_TAIL));
    return end.isEmpty() ? "" : end + "\n";
  }

  private static String program() throws IOException {
    try (var in = PythonExplorer.class.getResourceAsStream(PROGRAM)) {
      if (in == null) {
        throw new IOException("the program " + PROGRAM + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
