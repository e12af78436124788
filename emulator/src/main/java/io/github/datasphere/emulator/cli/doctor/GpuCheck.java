package io.github.datasphere.emulator.cli.doctor;

import java.time.Duration;
import java.util.List;

/** GPUs for jobs that ask for some. */
final class GpuCheck implements Check {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ProgramSearch programs;

  GpuCheck(ProgramSearch programs) {
    this.programs = programs;
  }

  @Override
  public String subject() {
    return "GPU";
  }

  @Override
  public List<Finding> run() {
    var answer = programs.ask(PATIENCE, "nvidia-smi", "-L");
    if (answer.isEmpty()) {
      return List.of(Finding.ok("none; jobs that ask for a GPU run without"));
    }
    if (!answer.get().isGood()) {
      return List.of(Finding.note(
          "nvidia-smi fails: " + answer.get().lastLine(),
          "mend the NVIDIA driver; until then jobs run without GPU"));
    }
    return answer.get().text().lines().map(line -> Finding.ok(line.strip())).toList();
  }
}
