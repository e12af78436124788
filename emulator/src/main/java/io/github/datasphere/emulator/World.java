package io.github.datasphere.emulator;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.engine.Caller;
import io.github.datasphere.emulator.engine.EnginePorts;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.engine.Projects;
import io.github.datasphere.emulator.engine.SystemScheduler;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.files.local.LocalFileStore;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.logs.memory.MemoryJobLog;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.store.memory.MemoryJobStore;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Engine, stores and clock of one emulator: built as one, closed as one, and swapped as one at
 * reset (design section 2).
 */
final class World implements AutoCloseable {
  private final EnginePorts ports;
  private final SystemScheduler scheduler;
  private final JobEngine engine;

  private World(EnginePorts ports, SystemScheduler scheduler, JobEngine engine) {
    this.ports = ports;
    this.scheduler = scheduler;
    this.engine = engine;
  }

  /**
   * Opens what the workspace holds and goes on with it.
   *
   * @param base where file URLs point; asked when the first one is needed
   */
  static World open(
      EmulatorConfig config, Workspace workspace, UrlSigner signer, Supplier<URI> base)
      throws IOException {
    var scheduler = new SystemScheduler(Clock.systemUTC());
    var files = new LocalFileStore(workspace.folder("files"), signer, base);
    var ports = new EnginePorts(new MemoryJobStore(), files, new MemoryJobLog(), scheduler);
    var ids = new IdSource(random(config));
    var runners = RunnerChoice.of(
        config, workspace, new RunnerPorts(files, ports.logs(), scheduler.clock(), ids));
    var engine = new JobEngine(ports, runners, ids, Settings.engine(config));
    putProjects(config, engine.projects(), scheduler.clock());
    engine.start();
    if (!workspace.isTemporary()) {
      Daemons.named("datasphere-cleanup", engine::dropUnclaimedFiles).start();
    }
    return new World(ports, scheduler, engine);
  }

  JobEngine engine() {
    return engine;
  }

  Clock clock() {
    return scheduler.clock();
  }

  @Override
  public void close() {
    scheduler.close();
    engine.close();
    ports.logs().close();
    ports.files().close();
    ports.store().close();
  }

  private static RandomGenerator random(EmulatorConfig config) {
    var seed = config.jobs().seed();
    return seed.isPresent() ? new Random(seed.getAsLong()) : new SecureRandom();
  }

  private static void putProjects(EmulatorConfig config, Projects projects, Clock clock) {
    config
        .projects()
        .known()
        .forEach((id, known) -> projects.put(new Project(
            new ProjectId(id),
            known.community().orElse(Projects.LOCAL_COMMUNITY),
            known.name().orElse(id),
            "",
            Map.of(),
            clock.instant(),
            Caller.LOCAL.subjectId())));
  }
}
