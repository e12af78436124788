package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.cli.env.RunningServer;
import io.github.datasphere.emulator.cli.process.CommandFailure;
import io.github.datasphere.emulator.config.ConfigSources;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.LogLevel;
import io.github.datasphere.emulator.config.reading.ConfigException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The common part of commands that read the configuration. */
abstract class ConfiguredCommand implements Callable<Integer> {
  /** Options that the file sets for the server; a second emulator beside it uses its own values. */
  private static final Set<String> OF_THE_SERVER =
      Set.of("grpc-port", "http-port", "tls-port", "proxy-port", "data-dir", "stop-jobs");

  final ProcessContext context;

  @Spec
  @Nullable
  CommandSpec spec;

  ConfiguredCommand(ProcessContext context) {
    this.context = context;
  }

  /** Returns the configuration of the server that serves until it is stopped. */
  final EmulatorConfig serverConfig() throws ConfigException {
    var dataDir = context.home().resolve(".datasphere-emulator");
    return sources().load(EmulatorConfig.defaults().inDataDir(dataDir), Set.of());
  }

  /** Returns the configuration of an emulator that lives as long as one command. */
  final EmulatorConfig passingConfig() throws ConfigException {
    return sources().load(EmulatorConfig.onFreePorts().with(LogLevel.WARN), OF_THE_SERVER);
  }

  /**
   * Returns the server that runs on the data directory.
   *
   * @throws CommandFailure if there is none
   */
  final RunningServer runningServer() throws ConfigException, CommandFailure {
    var dataDir = serverConfig().storage().dataDir().orElseThrow();
    try {
      return RunningServer.find(dataDir)
          .orElseThrow(() -> new CommandFailure("no server runs on "
              + dataDir
              + "; start one with '"
              + context.program()
              + " start', or name its folder with --data-dir"));
    } catch (IOException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  private ConfigSources sources() {
    Map<String, String> flags = spec == null ? Map.of() : SharedOption.given(spec);
    return new ConfigSources(
        flags, context.environment(), context.workingDirectory(), context.home());
  }
}
