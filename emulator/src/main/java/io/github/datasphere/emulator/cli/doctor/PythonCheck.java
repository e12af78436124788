package io.github.datasphere.emulator.cli.doctor;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Python, which jobs with {@code env.python} need when they run as processes. */
final class PythonCheck implements Check {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ProgramSearch programs;

  PythonCheck(ProgramSearch programs) {
    this.programs = programs;
  }

  @Override
  public String subject() {
    return "Python";
  }

  @Override
  public List<Finding> run() {
    var version = programs.ask(PATIENCE, "python3", "--version");
    if (version.isEmpty()) {
      return List.of(Finding.note(
          "no python3: jobs with env.python cannot run as processes, and python: auto cannot"
              + " be resolved by 'run'",
          "install Python 3 with its venv module"));
    }
    if (!version.get().isGood()) {
      return List.of(
          Finding.note("python3 does not work: " + version.get().lastLine(), "reinstall Python 3"));
    }
    var modules = programs.ask(PATIENCE, "python3", "-c", "import venv, ensurepip");
    if (modules.isEmpty() || !modules.get().isGood()) {
      return List.of(Finding.note(
          version.get().firstLine() + " cannot make virtual environments",
          "install its venv module (on Debian and Ubuntu: apt-get install python3-venv)"));
    }
    return List.of(Finding.ok(version.get().firstLine() + others()));
  }

  /** Jobs ask for a version, and get the nearest if this machine does not have it. */
  private String others() {
    var found = IntStream.rangeClosed(8, 14)
        .mapToObj(minor -> "3." + minor)
        .filter(version -> programs.find("python" + version).isPresent())
        .toList();
    return found.isEmpty() ? "" : "; jobs can have " + String.join(", ", found);
  }
}
