package io.github.datasphere.emulator.clients;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.cli.env.VariablesForTests;
import io.github.datasphere.emulator.config.ConfigSources;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.reading.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * An emulator on free ports, and the variables that lead clients to it.
 *
 * @param emulator that was started
 */
record Served(Emulator emulator, Map<String, String> variables) implements AutoCloseable {

  /** One that lets nothing out of the machine, so that the client's version check needs no net. */
  static Served offline(Path folder, String yaml) throws IOException, ConfigException {
    return start(folder, "runner: process\noffline: true\n" + yaml);
  }

  /** The same, with jobs that run by script. */
  static Served scripted(Path folder, String yaml) throws IOException, ConfigException {
    return start(folder, "runner: scripted\noffline: true\n" + yaml);
  }

  /**
   * Starts it.
   *
   * @param folder that paths of the configuration are relative to
   * @param yaml the configuration file
   */
  static Served start(Path folder, String yaml) throws IOException, ConfigException {
    Files.writeString(folder.resolve("datasphere-emulator.yaml"), yaml);
    var config =
        new ConfigSources(Map.of(), Map.of(), folder, folder).load(onThisMachine(), Set.of());
    var emulator = Emulator.start(config);
    return new Served(emulator, VariablesForTests.of(emulator, config.access()));
  }

  /** Whatever engine it has. */
  private static EmulatorConfig onThisMachine() {
    var config = EmulatorConfig.onFreePorts();
    return config.with(config.jobs().with(RunnerKind.PROCESS));
  }

  @Override
  public void close() {
    emulator.close();
  }
}
