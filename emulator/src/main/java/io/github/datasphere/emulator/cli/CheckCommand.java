package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.Checks;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** Compares the emulator with a recording. */
@Command(
    name = "check",
    header = "Compare the emulator with a recording.",
    descriptionHeading = "%n",
    description = {
      "Repeats the client's side of the recording against a new emulator, on virtual time, and"
          + " prints each difference as the path of a field with both values. The exit code is 1 if"
          + " something differs, nothing could be compared, or a line of the recording's"
          + " accepted.txt excuses nothing.",
      ""
    })
final class CheckCommand implements Callable<Integer> {
  private final ProcessContext context;

  @Parameters(paramLabel = "FOLDER", description = "the recording")
  Path folder = Path.of("");

  CheckCommand(ProcessContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var report = Checks.check(context.workingDirectory().resolve(folder));
    var out = context.out();
    report.differences().forEach(difference -> out.println("differs: " + difference));
    report.idle().forEach(line -> out.println("excuses nothing: " + line));
    report.notes().forEach(note -> context.err().println("check: " + note));
    out.println(report.compared() + " calls compared, " + report.differences().size()
        + " differences, " + report.accepted().size() + " accepted");
    return report.isGood() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
