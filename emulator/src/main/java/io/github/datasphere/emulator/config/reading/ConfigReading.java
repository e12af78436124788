package io.github.datasphere.emulator.config.reading;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The state of reading a configuration: the sources, and the problems found so far. */
public final class ConfigReading {
  private final Map<String, String> environment;
  private final Path home;
  private final List<String> problems = new ArrayList<>();

  public ConfigReading(Map<String, String> environment, Path home) {
    this.environment = environment;
    this.home = home;
  }

  Map<String, String> environment() {
    return environment;
  }

  Path home() {
    return home;
  }

  public void report(String problem) {
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  public void end() throws ConfigException {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
