package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.EmulatorException;
import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.base.Nearest;
import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.cli.process.CommandFailure;
import io.github.datasphere.emulator.config.reading.ConfigException;
import io.github.datasphere.emulator.session.SessionException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says why a command did not do what it should, and turns that into an exit code. */
final class CliErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final PrintStream err;

  CliErrors(PrintStream err) {
    this.err = err;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    var command = e.getCommandLine().getCommandSpec().qualifiedName();
    err.println(command + ": " + e.getMessage() + nearest(e).map(this::hint).orElse(""));
    err.println("'" + command + " --help' tells what there is.");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
    var command = line.getCommandSpec().qualifiedName();
    if (e instanceof ConfigException config) {
      err.println(command + ": the configuration cannot be used:");
      config.problems().forEach(problem -> err.println("  " + problem));
      return ExitCode.USAGE;
    }
    if (e instanceof CommandFailure failure) {
      err.println(command + ": " + failure.getMessage());
      return failure.exitCode();
    }
    if (e instanceof EmulatorException
        || e instanceof ExplainedException
        || e instanceof SessionException) {
      err.println(command + ": " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
    if (e instanceof FileSystemException failure && failure.getFile() != null) {
      var file = failure.getFile();
      err.println(
          command + ": cannot use " + file + ": " + PathErrors.words(Path.of(file), failure));
      return ExitCode.SOFTWARE;
    }
    err.println(command + " failed for a reason that it should have foreseen:");
    e.printStackTrace(err);
    return ExitCode.SOFTWARE;
  }

  private String hint(String nearest) {
    return "; did you mean '" + nearest + "'?";
  }

  private static Optional<String> nearest(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return Optional.empty();
    }
    var word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    var spec = e.getCommandLine().getCommandSpec();
    Set<String> known =
        word.startsWith("-") ? spec.optionsMap().keySet() : spec.subcommands().keySet();
    return Nearest.to(word, known);
  }
}
