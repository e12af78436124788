package io.github.datasphere.emulator.runner.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts shells that owe nothing to the emulator's own terminal, session or signals. */
final class HostShell {
  private static final long PROBE_SECONDS = 10;

  private final List<String> prefix;

  /** Looks for what the machine has of {@code setsid} and {@code env --default-signal}. */
  HostShell(Map<String, String> machine) {
    var words = new ArrayList<String>();
    // Without it (macOS) the job shares the emulator's terminal, as far as it has one
    find("setsid", machine).ifPresent(path -> words.add(path.toString()));
    // An emulator that was started in the background of a script ignores SIGINT, and so would jobs
    if (works("env", "--default-signal", "true")) {
      words.addAll(List.of("env", "--default-signal"));
    }
    prefix = List.copyOf(words);
  }

  /** Starts bash with these arguments, with exactly this environment and pipes for all streams. */
  Process bash(List<String> arguments, Map<String, String> environment, Path directory)
      throws IOException {
    var command = new ArrayList<>(prefix);
    command.add("bash");
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** The first executable of this name in the path. */
  static Optional<Path> find(String name, Map<String, String> machine) {
    for (var directory : machine.getOrDefault("PATH", "").split(":")) {
      var candidate = Path.of(directory.isEmpty() ? "." : directory, name);
      if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean works(String... command) {
    try {
      var process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
