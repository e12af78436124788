package io.github.datasphere.emulator.documents;

import static java.util.Map.entry;

import io.github.datasphere.emulator.cli.CommandLineOfTests;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.reading.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options of the commands as a page shows them: those of several commands, and of one. */
final class ConfigurationOptions {
  /** Where a configuration has the value of an option. */
  static final Map<String, Function<EmulatorConfig, Object>> VALUES = Map.ofEntries(
      entry("runner", config -> config.jobs().runner()),
      entry("fit", config -> config.jobs().sizing().fit()),
      entry("default-image", config -> config.jobs().images().standard()),
      entry("pull", config -> config.jobs().images().pull()),
      entry("registry-mirror", config -> config.jobs().images().registryMirror()),
      entry("missing-outputs", config -> config.jobs().missingOutputs()),
      entry("seed", config -> config.jobs().seed()),
      entry("stop-jobs", config -> config.jobs().stopAtClose()),
      entry("data-dir", config -> config.storage().dataDir()),
      entry("storage", config -> config.storage().kind()),
      entry("strict-projects", config -> config.projects().strict()),
      entry("grpc-port", config -> config.network().grpcPort()),
      entry("http-port", config -> config.network().httpPort()),
      entry("tls-port", config -> config.network().tlsPort()),
      entry("proxy-port", config -> config.network().proxyPort()),
      entry("bind", config -> config.network().bind()),
      entry("advertise", config -> config.network().advertise()),
      entry("offline", config -> config.network().offline()),
      entry("open", config -> config.access().open()),
      entry("log-level", EmulatorConfig::logLevel));

  private static final String DEFAULT = "; default: ";

  private final CommandLineOfTests commands;

  ConfigurationOptions(Path folder) {
    commands = new CommandLineOfTests(folder);
  }

  /** Names of those that stand in a section of the help, which are those of several commands. */
  List<String> shared() {
    return sections(start()).map(ConfigurationOptions::key).toList();
  }

  /** What lacks a meaning, as the user writes it. */
  List<String> withoutMeaning() {
    return all()
        .flatMap(command ->
            Stream.concat(command.options().stream(), command.positionalParameters().stream()))
        .filter(argument -> meaning(argument).isBlank())
        .map(ConfigurationOptions::written)
        .distinct()
        .toList();
  }

  String text() throws ConfigException, IOException {
    var text = new StringBuilder();
    for (var section : start().argGroups()) {
      text.append("\n### ")
          .append(section.heading().replace("%n", "").replace(":", ""))
          .append("\n\n| option | default | commands | meaning |\n|---|---|---|---|\n");
      for (var option : section.options()) {
        text.append(row(
            written(option),
            standard(option),
            havingIt(option),
            meaning(option) + valuesOf(key(option))));
      }
    }
    text.append("\n### Options of one command\n\n| command | option | default | meaning |\n"
        + "|---|---|---|---|\n");
    all()
        .forEach(command -> own(command)
            .forEach(argument -> text.append(row(
                '`' + command.name() + '`',
                written(argument),
                said(argument),
                meaning(argument)))));
    return text.toString();
  }

  /** A row of a table of Markdown. */
  static String row(String... cells) {
    return Stream.of(cells)
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private String standard(OptionSpec option) throws ConfigException {
    var value = VALUES.get(key(option));
    if (value == null) {
      return said(option);
    }
    var ofServer = Defaults.text(value.apply(commands.ofServer()));
    var ofPassing = Defaults.text(value.apply(commands.ofPassing()));
    if (ofServer.equals(ofPassing)) {
      return ofServer;
    }
    return ofServer + "; `run`, `exec`: " + ofPassing;
  }

  private String havingIt(OptionSpec option) {
    return all()
        .filter(command -> command.findOption(option.longestName()) != null)
        .map(CommandSpec::name)
        .collect(Collectors.joining(", "));
  }

  private static Stream<ArgSpec> own(CommandSpec command) {
    var shared = sections(command).toList();
    return Stream.<ArgSpec>concat(
            command.positionalParameters().stream(), command.options().stream())
        .filter(argument -> !(argument instanceof OptionSpec option) || !shared.contains(option))
        .filter(argument -> !(argument instanceof OptionSpec option) || !option.usageHelp());
  }

  private Stream<CommandSpec> all() {
    return commands.commands().getSubcommands().values().stream()
        .map(line -> line.getCommandSpec())
        .filter(command -> !command.name().equals("generate-completion"));
  }

  private CommandSpec start() {
    return commands.commands().getSubcommands().get("start").getCommandSpec();
  }

  private static Stream<OptionSpec> sections(CommandSpec command) {
    return command.argGroups().stream().map(ArgGroupSpec::options).flatMap(List::stream);
  }

  /** Of an option whose values are constants, what each of them means. */
  private String valuesOf(String key) throws ConfigException, IOException {
    var value = VALUES.get(key);
    if (value == null || !(value.apply(commands.ofServer()) instanceof Enum<?> constant)) {
      return "";
    }
    var type = constant.getDeclaringClass();
    var meanings = new ArrayList<String>();
    for (var each : type.getEnumConstants()) {
      Javadoc.of(type)
          .constant(each.name())
          .ifPresent(
              says -> meanings.add('`' + each.name().toLowerCase(Locale.ROOT) + "`: " + says));
    }
    return meanings.isEmpty() ? "" : ". " + String.join(" ", meanings);
  }

  private static String key(OptionSpec option) {
    return option.longestName().substring(2);
  }

  private static String written(ArgSpec argument) {
    if (argument instanceof PositionalParamSpec) {
      return '`' + argument.paramLabel() + '`';
    }
    var option = (OptionSpec) argument;
    var label = option.arity().max() == 0 ? "" : ' ' + option.paramLabel();
    return Stream.of(option.names()).collect(Collectors.joining("`, `", "`", label + '`'));
  }

  private static String meaning(ArgSpec argument) {
    return described(argument).split(DEFAULT, 2)[0];
  }

  /** The default that the description of an argument ends with. */
  private static String said(ArgSpec argument) {
    var parts = described(argument).split(DEFAULT, 2);
    return parts.length == 1 ? "none" : parts[1];
  }

  private static String described(ArgSpec argument) {
    var candidates = new ArrayList<String>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(candidates::add);
    }
    return String.join(" ", argument.description())
        .replace("${COMPLETION-CANDIDATES}", String.join(", ", candidates));
  }
}
