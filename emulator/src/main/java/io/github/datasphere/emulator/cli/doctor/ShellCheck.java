package io.github.datasphere.emulator.cli.doctor;

import java.util.List;

/** What the process runner starts jobs with. */
final class ShellCheck implements Check {
  private final ProgramSearch programs;

  ShellCheck(ProgramSearch programs) {
    this.programs = programs;
  }

  @Override
  public String subject() {
    return "bash";
  }

  @Override
  public List<Finding> run() {
    return programs
        .find("bash")
        .map(path -> List.of(Finding.ok(path.toString())))
        .orElseGet(() -> List.of(
            Finding.note("no bash: jobs cannot run as processes", "install bash, or use Docker")));
  }
}
