package io.github.datasphere.emulator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The state of reading a configuration: the sources, and the problems found so far. */
final class Reading {
  private final Map<String, String> environment;
  private final Path home;
  private final List<String> problems = new ArrayList<>();

  Reading(Map<String, String> environment, Path home) {
    this.environment = environment;
    this.home = home;
  }

  Map<String, String> environment() {
    return environment;
  }

  Path home() {
    return home;
  }

  void report(String problem) {
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  void end() throws ConfigException {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
