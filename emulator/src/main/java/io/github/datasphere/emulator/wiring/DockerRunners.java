package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.base.UserEnvironment;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.Fit;
import io.github.datasphere.emulator.config.ImagesConfig;
import io.github.datasphere.emulator.config.PullPolicy;
import io.github.datasphere.emulator.config.SizingConfig;
import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.DockerFacts;
import io.github.datasphere.emulator.docker.ImagePull;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.capacity.InstanceType;
import io.github.datasphere.emulator.job.capacity.Resources;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.docker.DockerRunner;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobImages;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * Runs jobs in containers. This class needs the Docker library, so it is loaded only when it is
 * used.
 */
final class DockerRunners {
  private static final int OWNER_BYTES = 8;
  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;

  /** Debian with bash and Python, like the service's own image but a hundredth of its size. */
  private static final String STANDARD_IMAGE = "python:3.10-slim";

  private DockerRunners() {}

  /**
   * Makes the runner for the Docker engine that the environment names.
   *
   * @throws DockerEngineException if none answers in this time
   */
  static SelectedRunner of(
      EmulatorConfig config, Workspace workspace, RunnerPorts ports, Duration patience)
      throws DockerEngineException {
    var engine = DockerEngine.connect(UserEnvironment.variables(), patience);
    var machine = machine(engine.facts());
    var settings = settings(config, workspace, machine);
    return SelectedRunner.of(
        events -> DockerRunner.start(engine, settings, ports, events), () -> machine, true);
  }

  /**
   * Returns the settings of jobs in containers.
   *
   * @param machine the most that one job can get
   */
  static DockerSettings settings(EmulatorConfig config, Workspace workspace, Resources machine) {
    return new DockerSettings(
        workspace.folder("docker"),
        PartSettings.durability(config, workspace),
        ownership(workspace),
        PartSettings.resources(config, workspace),
        images(config.jobs().images()),
        sizes(config.jobs().sizing(), machine, machine),
        UserEnvironment.variables());
  }

  /** What the machine of the engine in use has. */
  static Resources machine(Duration patience) throws DockerEngineException {
    try (var engine = DockerEngine.connect(UserEnvironment.variables(), patience)) {
      return machine(engine.facts());
    }
  }

  private static Resources machine(DockerFacts facts) {
    var gpus = !facts.hasGpus() ? 0 : facts.isLocal() ? Machine.resources().gpus() : 1;
    return new Resources(facts.cpus(), facts.memoryBytes(), gpus);
  }

  /** What to do about a failure to find an engine. */
  static String advice(IOException failure) {
    return failure instanceof DockerEngineException known && !known.advice().isEmpty()
        ? known.advice()
        : "start Docker or Podman, or point DOCKER_HOST at one that runs";
  }

  static Ownership ownership(Workspace workspace) {
    if (workspace.isTemporary()) {
      return Ownership.ofProcess();
    }
    try {
      var id = workspace.key("docker-owner");
      return new Ownership("data-" + HexFormat.of().formatHex(id, 0, OWNER_BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException("the data directory cannot be written: " + e.getMessage(), e);
    }
  }

  private static JobImages images(ImagesConfig images) {
    return new JobImages(
        images.byId(),
        images.python(),
        standardImage(images),
        policy(images.pull()),
        images.registryMirror());
  }

  static String standardImage(ImagesConfig images) {
    return images.standard().orElse(STANDARD_IMAGE);
  }

  static ImagePull.Policy policy(PullPolicy pull) {
    return switch (pull) {
      case MISSING -> ImagePull.Policy.MISSING;
      case ALWAYS -> ImagePull.Policy.ALWAYS;
      case NEVER -> ImagePull.Policy.NEVER;
    };
  }

  /**
   * Tells what jobs get.
   *
   * @param gpuMachine the most that a job with GPUs can get
   */
  static Function<Job, JobSize> sizes(
      SizingConfig config, Resources machine, Resources gpuMachine) {
    var types = ConfiguredTypes.of(config);
    var plain = ConfiguredTypes.sizing(config, types, machine);
    var withGpus = ConfiguredTypes.sizing(config, types, gpuMachine);
    var isStrict = config.fit() == Fit.STRICT;
    return job -> {
      var type = types.find(job.execution().instanceType());
      var gets =
          type.flatMap(found -> (found.gpus() > 0 ? withGpus : plain).of(found)).orElse(machine);
      return new JobSize(
          gets.cpus(),
          gets.memoryBytes(),
          gets.gpus(),
          type.map(InstanceType::gpus).orElse(0),
          type.map(DockerRunners::words).orElse("what there is"),
          isStrict);
    };
  }

  /** Writes a size as the service does, and finer for the user's own types. */
  private static String gib(long bytes) {
    return bytes % GIB == 0 ? bytes / GIB + " GiB" : bytes / MIB + " MiB";
  }

  private static String words(InstanceType type) {
    var machine = type.cpus() + " vCPU, " + gib(type.memoryBytes());
    return type.gpus() == 0 ? machine : machine + ", " + type.gpus() + " x " + type.gpuModel();
  }
}
