package io.github.datasphere.emulator;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobLimits;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerFactory;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.process.ProcessRunner;
import io.github.datasphere.emulator.runner.process.ProcessSettings;
import java.util.Map;

/** Takes the runner that the configuration asks for. */
final class RunnerChoice {
  private RunnerChoice() {}

  static RunnerFactory of(EmulatorConfig config, Workspace workspace, RunnerPorts ports) {
    return switch (config.jobs().runner()) {
      case AUTO, PROCESS -> process(config, workspace, ports);
      case DOCKER -> throw unavailable(RunnerKind.DOCKER);
      case SCRIPTED -> throw new IllegalStateException("scripts need no choice");
    };
  }

  private static EmulatorException unavailable(RunnerKind kind) {
    return new EmulatorException(
        "Runner " + kind + " is not part of this build: use --runner process", null);
  }

  private static RunnerFactory process(
      EmulatorConfig config, Workspace workspace, RunnerPorts ports) {
    var settings = new ProcessSettings(
        workspace.folder("jobs"),
        durability(config, workspace),
        resources(config, workspace),
        System.getenv());
    return events -> new ProcessRunner(settings, ports, events);
  }

  private static Durability durability(EmulatorConfig config, Workspace workspace) {
    if (workspace.isTemporary()) {
      return Durability.LEASED;
    }
    return config.jobs().stopAtClose() ? Durability.ENDED_AT_CLOSE : Durability.LEFT_AT_CLOSE;
  }

  private static JobResources resources(EmulatorConfig config, Workspace workspace) {
    var resources = config.resources();
    return new JobResources(
        Settings.secrets(resources),
        new JobResources.Folders(
            resources.datasets(),
            Settings.mapValues(
                resources.s3Connectors(),
                s3 -> new JobResources.S3Folder(s3.path(), s3.writable())),
            Settings.projectDisks(config.projects()),
            workspace.folder("project-disks"),
            workspace.folder("datasets"),
            workspace.folder("pip-cache")),
        null,
        Map.of(),
        JobLimits.STANDARD);
  }
}
