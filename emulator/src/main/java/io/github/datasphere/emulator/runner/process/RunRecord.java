package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.plan.PlanNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What has to outlive the emulator for a run to be adopted.
 *
 * @param mark what its processes carry
 * @param tokenDigest of the supervisor's token; empty until the command is about to begin
 */
record RunRecord(String mark, ProcessIdentity supervisor, String tokenDigest, PlanNames names) {
  private static final String FILE = "run.properties";
  private static final String VARIABLE = "variable.";
  private static final String DATASET = "dataset.";

  boolean hasBegun() {
    return !tokenDigest.isEmpty();
  }

  RunRecord begun(String digest) {
    return new RunRecord(mark, supervisor, digest, names);
  }

  void save(JobFolder folder) throws IOException {
    var properties = new Properties();
    properties.setProperty("mark", mark);
    properties.setProperty("supervisor.pid", Long.toString(supervisor.pid()));
    properties.setProperty("supervisor.start", supervisor.start());
    properties.setProperty("token.sha256", tokenDigest);
    properties.setProperty("venv", names.venv());
    names.variables().forEach((name, file) -> properties.setProperty(VARIABLE + name, file));
    names.datasets().forEach((name, id) -> properties.setProperty(DATASET + name, id));
    var fresh = folder.state(FILE + ".new");
    try (var out = Files.newBufferedWriter(fresh)) {
      properties.store(out, "What the emulator has to know to adopt this job");
    }
    Files.move(fresh, folder.state(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Empty if nothing was saved. */
  static Optional<RunRecord> read(JobFolder folder) throws IOException {
    if (!Files.exists(folder.state(FILE))) {
      return Optional.empty();
    }
    var properties = new Properties();
    try (var in = Files.newBufferedReader(folder.state(FILE))) {
      properties.load(in);
    }
    var identity = new ProcessIdentity(
        Long.parseLong(properties.getProperty("supervisor.pid", "0")),
        properties.getProperty("supervisor.start", ""));
    var names = new PlanNames(
        part(properties, VARIABLE), part(properties, DATASET), properties.getProperty("venv", ""));
    return Optional.of(new RunRecord(
        properties.getProperty("mark", ""),
        identity,
        properties.getProperty("token.sha256", ""),
        names));
  }

  private static Map<String, String> part(Properties properties, String prefix) {
    var part = new LinkedHashMap<String, String>();
    for (var name : properties.stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        part.put(name.substring(prefix.length()), properties.getProperty(name));
      }
    }
    return part;
  }
}
