package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.base.OptionalLibrary;
import io.github.datasphere.emulator.base.UserEnvironment;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.job.capacity.Resources;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.process.ProcessRunner;
import io.github.datasphere.emulator.runner.process.ProcessSettings;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/** Selects the runner that the configuration asks for. */
public final class RunnerSelector {

  /** How long an engine may take to answer if the user has asked for one. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long an engine may take to answer if the emulator only looks whether there is one. */
  private static final Duration SHORT_PATIENCE = Duration.ofSeconds(10);

  private RunnerSelector() {}

  public static SelectedRunner of(EmulatorConfig config, Workspace workspace, RunnerPorts ports) {
    return switch (config.jobs().runner()) {
      case AUTO ->
        DockerSocketDetector.areSeen(UserEnvironment.variables())
            ? dockerIfThere(config, workspace, ports)
            : process(config, workspace, ports);
      case PROCESS -> process(config, workspace, ports);
      case DOCKER -> docker(config, workspace, ports);
      case SWARM -> swarm(config, workspace, ports);
      case SCRIPTED -> throw new IllegalStateException("scripts need no choice");
    };
  }

  /**
   * Returns the resources that jobs would share. It asks the engine if jobs would run in
   * containers.
   */
  static Resources machine(JobsConfig jobs) {
    var runner = jobs.runner();
    if (runner == RunnerKind.SWARM && OptionalLibrary.ENGINE.isThere()) {
      return largestNode(jobs);
    }
    var mayBeDocker = runner == RunnerKind.DOCKER
        || (runner == RunnerKind.AUTO && DockerSocketDetector.areSeen(UserEnvironment.variables()));
    if (!mayBeDocker || !OptionalLibrary.ENGINE.isThere()) {
      return Machine.resources();
    }
    try {
      return DockerRunners.machine(SHORT_PATIENCE);
    } catch (IOException e) {
      warn(e, "These are the sizes that this machine gives");
      return Machine.resources();
    }
  }

  private static SelectedRunner docker(
      EmulatorConfig config, Workspace workspace, RunnerPorts ports) {
    OptionalLibrary.ENGINE.require();
    try {
      return DockerRunners.of(config, workspace, ports, PATIENCE);
    } catch (IOException e) {
      throw new ExplainedException(
          "No container engine can be used: " + e.getMessage() + ". What to do: "
              + DockerRunners.advice(e) + ", or use --runner process; 'datasphere-emulator doctor'"
              + " looks closer",
          e);
    }
  }

  private static SelectedRunner swarm(
      EmulatorConfig config, Workspace workspace, RunnerPorts ports) {
    OptionalLibrary.ENGINE.require();
    if (config.jobs().swarm().engines().isEmpty()) {
      throw new ExplainedException(
          "--runner swarm needs the engines of the nodes: name them in the configuration"
              + " (engines: {node1: {address: tcp://HOST:2376, certificates: FOLDER}}), that of a"
              + " manager among them",
          null);
    }
    try {
      return SwarmRunners.of(config, workspace, ports, SHORT_PATIENCE);
    } catch (IOException e) {
      throw new ExplainedException(
          "No swarm can be used: " + e.getMessage() + ". What to do: " + DockerRunners.advice(e)
              + "; 'datasphere-emulator doctor' looks closer",
          e);
    }
  }

  private static Resources largestNode(JobsConfig jobs) {
    try {
      return SwarmRunners.largest(jobs, SHORT_PATIENCE);
    } catch (IOException e) {
      warn(e, "These are the sizes that this machine gives");
      return Machine.resources();
    }
  }

  private static SelectedRunner dockerIfThere(
      EmulatorConfig config, Workspace workspace, RunnerPorts ports) {
    if (!OptionalLibrary.ENGINE.isThere()) {
      LoggerFactory.getLogger(RunnerSelector.class)
          .warn("{}. Until then jobs run as processes", OptionalLibrary.ENGINE.advice());
      return process(config, workspace, ports);
    }
    try {
      return DockerRunners.of(config, workspace, ports, SHORT_PATIENCE);
    } catch (IOException e) {
      warn(e, "Jobs run as processes, and the images that they ask for are not used");
      return process(config, workspace, ports);
    }
  }

  /** Warns, since there are signs of an engine and so the user probably counts on it. */
  private static void warn(IOException trouble, String consequence) {
    var log = LoggerFactory.getLogger(RunnerSelector.class);
    log.warn(
        "No container engine can be used: {}. {}. What to do: {}, or say --runner process",
        trouble.getMessage(),
        consequence,
        DockerRunners.advice(trouble));
    log.debug("Why no container engine can be used", trouble);
  }

  private static SelectedRunner process(
      EmulatorConfig config, Workspace workspace, RunnerPorts ports) {
    var settings = new ProcessSettings(
        workspace.folder("jobs"),
        PartSettings.durability(config, workspace),
        PartSettings.resources(config, workspace),
        UserEnvironment.variables());
    return SelectedRunner.of(
        events -> ProcessRunner.start(settings, ports, events), Machine::resources, false);
  }
}
