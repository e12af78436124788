package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A configuration as somebody wrote it, in a folder of its own. */
record Written(Path folder, Map<String, String> flags, Map<String, String> environment) {

  static Written in(Path folder) {
    return new Written(folder, Map.of(), Map.of());
  }

  Written yaml(String text) {
    try {
      Files.writeString(folder.resolve(ConfigSources.STANDARD_FILE), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Written flags(Map<String, String> values) {
    return new Written(folder, values, environment);
  }

  Written environment(Map<String, String> values) {
    return new Written(folder, flags, values);
  }

  EmulatorConfig read() {
    return readSkipping(Set.of());
  }

  EmulatorConfig readSkipping(Set<String> keys) {
    try {
      return sources().load(EmulatorConfig.defaults(), keys);
    } catch (ConfigException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  List<String> problems() {
    try {
      var config = sources().load(EmulatorConfig.defaults(), Set.of());
      throw new AssertionError("was accepted: " + config);
    } catch (ConfigException e) {
      return e.problems();
    }
  }

  private ConfigSources sources() {
    return new ConfigSources(flags, environment, folder, folder.resolve("home"));
  }
}
