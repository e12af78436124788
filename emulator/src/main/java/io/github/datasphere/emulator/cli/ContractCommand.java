package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.check.Contract;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Recording;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** Tells what a recorded client was given. */
@Command(
    name = "contract",
    header = "List the fields of answers that a recorded client was given.",
    descriptionHeading = "%n",
    description = {
      "Prints each call with the path of each field that its answers had. Keep the lines that your"
          + " client reads in a file contract.txt in the recording: check then tells which of them"
          + " an answer lacks.",
      ""
    })
final class ContractCommand implements Callable<Integer> {
  private final ProcessContext context;

  @Parameters(paramLabel = "FOLDER", description = "the recording")
  Path folder = Path.of("");

  ContractCommand(ProcessContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    var recording = Recording.read(context.workingDirectory().resolve(folder), new Api());
    Contract.linesOf(recording).forEach(context.out()::println);
    return ExitCode.OK;
  }
}
