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

  static CommandLine all(ProcessContext context) {
    var line = new CommandLine(new RootCommand(context));
    line.getCommandSpec().versionProvider(() -> new String[] {VersionCommand.told()});
    var all = EnumSet.allOf(SharedOption.class);
    var passing = EnumSet.complementOf(EnumSet.of(STOP_JOBS));
    add(line, new StartCommand(context), all);
    add(line, new RunCommand(context), passing);
    add(line, new ExecCommand(context), passing);
    add(line, new RecordCommand(context), EnumSet.noneOf(SharedOption.class));
    add(line, new CheckCommand(context), EnumSet.noneOf(SharedOption.class));
    add(line, new ContractCommand(context), EnumSet.noneOf(SharedOption.class));
    add(line, new EnvCommand(context), EnumSet.of(DATA_DIR, CONFIG));
    add(line, new HealthCommand(context), EnumSet.of(DATA_DIR, BIND, CONFIG));
    add(line, new ConsoleCommand(context), EnumSet.of(DATA_DIR, CONFIG));
    add(line, new PruneCommand(context), EnumSet.of(DATA_DIR, CONFIG));
    add(line, new TypesCommand(context), EnumSet.of(FIT, CONFIG));
    add(line, new DoctorCommand(context), all);
    add(line, new VersionCommand(context), EnumSet.noneOf(SharedOption.class));
    line.addSubcommand(new GenerateCompletion());
    var failures = new CliErrors(context.err());
    line.setOut(new PrintWriter(context.out(), true, Charset.defaultCharset()));
    line.setErr(new PrintWriter(context.err(), true, Charset.defaultCharset()));
    line.setParameterExceptionHandler(failures);
    line.setExecutionExceptionHandler(failures);
    if (context.environment().containsKey("NO_COLOR")) {
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
