package io.github.datasphere.emulator.cli;

import static io.github.datasphere.emulator.cli.SharedOption.BIND;
import static io.github.datasphere.emulator.cli.SharedOption.CONFIG;
import static io.github.datasphere.emulator.cli.SharedOption.DATA_DIR;
import static io.github.datasphere.emulator.cli.SharedOption.FIT;
import static io.github.datasphere.emulator.cli.SharedOption.STOP_JOBS;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.Set;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** Puts the command line together. */
final class Commands {
  private Commands() {}

  static CommandLine all(Surroundings surroundings) {
    var line = new CommandLine(new TopCommand(surroundings));
    var all = EnumSet.allOf(SharedOption.class);
    var passing = EnumSet.complementOf(EnumSet.of(STOP_JOBS));
    add(line, new StartCommand(surroundings), all);
    add(line, new RunCommand(surroundings), passing);
    add(line, new ExecCommand(surroundings), passing);
    add(line, new RecordCommand(surroundings), EnumSet.noneOf(SharedOption.class));
    add(line, new CheckCommand(surroundings), EnumSet.noneOf(SharedOption.class));
    add(line, new EnvCommand(surroundings), EnumSet.of(DATA_DIR, CONFIG));
    add(line, new HealthCommand(surroundings), EnumSet.of(DATA_DIR, BIND, CONFIG));
    add(line, new ConsoleCommand(surroundings), EnumSet.of(DATA_DIR, CONFIG));
    add(line, new PruneCommand(surroundings), EnumSet.of(DATA_DIR, CONFIG));
    add(line, new TypesCommand(surroundings), EnumSet.of(FIT, CONFIG));
    add(line, new DoctorCommand(surroundings), all);
    add(line, new VersionCommand(surroundings), EnumSet.noneOf(SharedOption.class));
    line.addSubcommand(new GenerateCompletion());
    var failures = new CliErrors(surroundings.err());
    line.setOut(new PrintWriter(surroundings.out(), true, Charset.defaultCharset()));
    line.setErr(new PrintWriter(surroundings.err(), true, Charset.defaultCharset()));
    line.setParameterExceptionHandler(failures);
    line.setExecutionExceptionHandler(failures);
    if (surroundings.environment().containsKey("NO_COLOR")) {
      line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    }
    return line;
  }

  private static void add(CommandLine line, Object command, Set<SharedOption> options) {
    var sub = new CommandLine(command);
    var spec = sub.getCommandSpec();
    spec.usageMessage().abbreviateSynopsis(true).sortOptions(false);
    SharedOption.addTo(spec, options);
    spec.addOption(OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("show this")
        .build());
    line.addSubcommand(sub);
  }
}
