package io.github.datasphere.emulator.cli.doctor;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The official command line. Each of its commands, even {@code version}, ends by asking a package
 * index for news, and fails if it cannot (service-behaviour 1.13): so that is what is tried.
 */
final class OfficialClientCheck implements Check {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[\\d;]*m");

  private final ProgramSearch programs;

  OfficialClientCheck(ProgramSearch programs) {
    this.programs = programs;
  }

  @Override
  public String subject() {
    return "datasphere";
  }

  @Override
  public List<Finding> run() {
    var answer = programs.ask(PATIENCE, "datasphere", "version");
    if (answer.isEmpty()) {
      return List.of(Finding.ok("the official command line is not installed"));
    }
    return List.of(
        answer.get().isGood()
            ? Finding.ok("the official command line works")
            : Finding.note(
                "'datasphere version' fails: "
                    + COLOUR.matcher(answer.get().lastLine()).replaceAll(""),
                "without access to the package index every command of it ends with exit code 1,"
                    + " also after a good job: use --offline of start and exec"));
  }
}
