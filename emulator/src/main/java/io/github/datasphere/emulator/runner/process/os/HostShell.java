package io.github.datasphere.emulator.runner.process.os;

import io.github.datasphere.emulator.base.SearchPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts shells that are independent of the emulator's terminal, session and signals, and that
 * inherit the orphans of what they start, as far as the machine supports it.
 */
public final class HostShell {
  private static final long PROBE_SECONDS = 10;

  /** The call of the kernel that makes a process inherit orphans (prctl), by processor. */
  private static final Map<String, Integer> PRCTL =
      Map.of("amd64", 157, "aarch64", 167, "riscv64", 167, "ppc64le", 171, "s390x", 172);

  /**
   * Makes the process a subreaper and then runs bash in it, which stays one; a last argument tells
   * bash so.
   */
  private static final String PERL =
      "push @ARGV, 'tree' if syscall(NUMBER, 36, 1, 0, 0, 0) == 0; exec { $ARGV[0] } @ARGV; exit 127";

  private static final String PYTHON = """
      import ctypes, os, signal, sys
      signal.signal(signal.SIGPIPE, signal.SIG_DFL)
      held = ctypes.CDLL(None).prctl(36, 1, 0, 0, 0) == 0
      os.execvp(sys.argv[1], sys.argv[1:] + (['tree'] if held else []))
      """;

  private final List<String> prefix;

  /** Looks for what the machine has of {@code setsid} and {@code env --default-signal}. */
  public HostShell(Map<String, String> machine) {
    var words = new ArrayList<String>();
    // Without setsid (macOS) the job shares the emulator's terminal, if there is one
    find("setsid", machine).ifPresent(path -> words.add(path.toString()));
    words.addAll(holding(machine));
    // A script's background process ignores SIGINT; without this, jobs would inherit that
    if (works("env", "--default-signal", "true")) {
      words.addAll(List.of("env", "--default-signal"));
    }
    prefix = List.copyOf(words);
  }

  /** Starts bash with these arguments, with exactly this environment and pipes for all streams. */
  public Process bash(List<String> arguments, Map<String, String> environment, Path directory)
      throws IOException {
    var command = new ArrayList<>(prefix);
    command.add("bash");
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /**
   * Finds a program that makes a subreaper. Without one, a process that leaves the job's session,
   * environment and directory outlives the job.
   */
  private static List<String> holding(Map<String, String> machine) {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      return List.of();
    }
    var call = PRCTL.get(System.getProperty("os.arch"));
    var perl = find("perl", machine);
    if (perl.isPresent() && call != null) {
      return List.of(perl.get().toString(), "-e", PERL.replace("NUMBER", call.toString()), "--");
    }
    return find("python3", machine)
        .map(python -> List.of(python.toString(), "-I", "-S", "-c", PYTHON))
        .orElse(List.of());
  }

  /** The first executable of this name in the path. */
  public static Optional<Path> find(String name, Map<String, String> machine) {
    return SearchPath.find(machine, name).findFirst();
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
