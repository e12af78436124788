package io.github.datasphere.emulator.client.config;

import io.github.datasphere.emulator.base.Utf8Paths;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What the first word of a command is. The official client also runs any script with
 * {@code --version} to see whether it is a Python; here only binaries are asked.
 */
public final class CommandPrograms {
  private static final Pattern PYTHON =
      Pattern.compile("python([23](\\.\\d{1,2})?([dmu])?)?(\\.exe)?", Pattern.CASE_INSENSITIVE);
  private static final int FIRST_LINE = 1024;

  private final Path folder;
  private final Map<String, String> environment;

  /**
   * Programs as seen from a folder.
   *
   * @param environment variables, of which {@code PATH} counts
   */
  public CommandPrograms(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  boolean isPythonName(String name) {
    return PYTHON.matcher(name).matches();
  }

  /** The executable file that a shell in the folder would run. */
  public Optional<Path> find(String program) {
    try {
      if (program.contains(File.separator)) {
        return Optional.of(Utf8Paths.resolve(folder, program))
            .filter(CommandPrograms::isExecutable);
      }
      return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
          .map(entry -> Utf8Paths.resolve(folder.resolve(entry), program))
          .filter(CommandPrograms::isExecutable)
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Whether the file is a binary that says it is a Python. */
  boolean isPython(Path file) {
    return !firstLine(file).startsWith("#!") && saysPython(file);
  }

  /** Whether the file is a script whose first line names a Python. */
  boolean isPythonScript(Path file) {
    var first = firstLine(file);
    if (!first.startsWith("#!")) {
      return false;
    }
    var interpreter = first.substring(2).strip();
    if (interpreter.startsWith("/usr/bin/env python")
        || interpreter.startsWith("/usr/bin/env -S python")) {
      return true;
    }
    try {
      var path = Utf8Paths.resolve(folder, interpreter);
      return Files.exists(path)
          && (isPythonName(String.valueOf(path.getFileName())) || isPython(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private boolean saysPython(Path file) {
    try {
      var process = new ProcessBuilder(file.toString(), "--version")
          .directory(folder.toFile())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
          .start();
      try {
        if (!process.waitFor(1, TimeUnit.SECONDS)) {
          return false;
        }
        byte[] said = process.getInputStream().readNBytes(FIRST_LINE);
        return new String(said, StandardCharsets.UTF_8).contains("Python");
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String firstLine(Path file) {
    try (var in = Files.newInputStream(file)) {
      var start = new String(in.readNBytes(FIRST_LINE), StandardCharsets.UTF_8);
      return start.lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean isExecutable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
