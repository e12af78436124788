package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.base.Nearest;
import io.github.datasphere.emulator.config.reading.ConfigException;
import io.github.datasphere.emulator.config.reading.ConfigReading;
import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Origin;
import io.github.datasphere.emulator.config.reading.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a configuration is read from: flags win over environment variables, those over the file.
 *
 * @param flags values by option name, such as {@code grpc-port}
 * @param environment all variables; an option's is {@code DATASPHERE_EMULATOR_} and its name
 * @param workingDirectory holds the standard configuration file; relative paths of flags and
 *     variables start there
 * @param home what {@code ~} means
 */
public record ConfigSources(
    Map<String, String> flags, Map<String, String> environment, Path workingDirectory, Path home) {

  /** Read if it is in the working directory and no other file is named. */
  public static final String STANDARD_FILE = ConfigFile.STANDARD_FILE;

  /** What can be set by a flag or a variable; each is a key of the file too. */
  public static final List<String> OPTIONS = List.of(
      "runner",
      "fit",
      "storage",
      "data-dir",
      "bind",
      "advertise",
      "open",
      "grpc-port",
      "http-port",
      "tls-port",
      "proxy-port",
      "offline",
      "log-level",
      "strict-projects",
      "missing-outputs",
      "stop-jobs",
      "seed",
      "default-image",
      "pull",
      "registry-mirror");

  /** The variable that holds what the file would, for where no file can be brought. */
  static final String TEXT = ConfigFile.TEXT;

  private static final String PREFIX = "DATASPHERE_EMULATOR_";

  /** Variables of the same prefix that mean something else. */
  private static final Set<String> NO_OPTIONS =
      Set.of("grpc", "tls", "http", "ca", "config", "config-yaml", "require", "java-opts");

  public ConfigSources {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /**
   * Reads all sources together.
   *
   * @param base gives the values that they leave open
   * @param skipped keys that count in flags and variables only
   * @throws ConfigException names everything that is wrong
   */
  public EmulatorConfig load(EmulatorConfig base, Set<String> skipped) throws ConfigException {
    var reading = new ConfigReading(environment, home);
    var overrides = overrides(reading);
    var root = ConfigFile.find(namedFile(reading), text(), workingDirectory, reading);
    var fields = new Fields(root, "", overrides, skipped);
    var config = EmulatorConfig.read(fields, base);
    fields.end();
    reading.end();
    return config;
  }

  /** Returns the file that a flag or a variable names, if one does. */
  Optional<Value> namedFile(ConfigReading reading) {
    return Optional.ofNullable(given("config", reading));
  }

  /** Returns the text of the variable that stands for the file, if it is set. */
  Optional<String> text() {
    return Optional.of(environment.getOrDefault(TEXT, "")).filter(text -> !text.isBlank());
  }

  private Map<String, Value> overrides(ConfigReading reading) {
    reportUnknownVariables(reading);
    var overrides = new LinkedHashMap<String, Value>();
    for (var option : OPTIONS) {
      var value = given(option, reading);
      if (value != null) {
        overrides.put(option, value);
      }
    }
    return overrides;
  }

  private @Nullable Value given(String option, ConfigReading reading) {
    var flag = flags.get(option);
    if (flag != null) {
      return Value.ofText(flag, new Origin("--" + option, workingDirectory, false), reading);
    }
    var variable = variable(option);
    var text = environment.getOrDefault(variable, "");
    return text.isEmpty()
        ? null
        : Value.ofText(text, new Origin(variable, workingDirectory, false), reading);
  }

  private void reportUnknownVariables(ConfigReading reading) {
    for (var name : environment.keySet()) {
      if (name.startsWith(PREFIX)) {
        var option = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
        if (!OPTIONS.contains(option) && !NO_OPTIONS.contains(option)) {
          Nearest.to(option, OPTIONS)
              .map(ConfigSources::variable)
              .ifPresent(
                  near -> reading.report(name + ": no such option; did you mean " + near + '?'));
        }
      }
    }
  }

  private static String variable(String option) {
    return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
