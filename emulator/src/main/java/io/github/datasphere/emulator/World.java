package io.github.datasphere.emulator;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.engine.Caller;
import io.github.datasphere.emulator.engine.EnginePorts;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.engine.Projects;
import io.github.datasphere.emulator.engine.SystemScheduler;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.local.LocalFileStore;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.Scheduler;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.logs.memory.MemoryJobLog;
import io.github.datasphere.emulator.runner.RunnerFactory;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.scripted.ScriptBook;
import io.github.datasphere.emulator.runner.scripted.ScriptedRunner;
import io.github.datasphere.emulator.store.memory.MemoryJobStore;
import io.github.datasphere.emulator.testing.ManualClock;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Engine, stores, clock and scripts of one emulator: built as one, closed as one, and swapped as
 * one at reset (design section 2).
 */
final class World implements AutoCloseable {
  private final EnginePorts ports;
  private final ScriptBook scripts;
  private final JobEngine engine;

  private World(EnginePorts ports, ScriptBook scripts, JobEngine engine) {
    this.ports = ports;
    this.scripts = scripts;
    this.engine = engine;
  }

  /** Opens what the workspace holds and goes on with it. */
  static World open(Foundations base) throws IOException {
    var config = base.config();
    var scheduler = base.manualTime() ? new ManualClock(manualStart()) : system();
    var ports = new EnginePorts(new MemoryJobStore(), files(base), new MemoryJobLog(), scheduler);
    var ids = new IdSource(random(config));
    var scripts = new ScriptBook();
    var engine =
        new JobEngine(ports, runner(base, ports, ids, scripts), ids, Settings.engine(config));
    putProjects(config, engine.projects(), scheduler.clock());
    engine.start();
    if (!base.workspace().isTemporary()) {
      Daemons.named("datasphere-cleanup", engine::dropUnclaimedFiles).start();
    }
    return new World(ports, scripts, engine);
  }

  JobEngine engine() {
    return engine;
  }

  Scheduler scheduler() {
    return ports.scheduler();
  }

  ScriptBook scripts() {
    return scripts;
  }

  @Override
  public void close() {
    if (ports.scheduler() instanceof SystemScheduler system) {
      system.close();
    }
    engine.close();
    ports.logs().close();
    ports.files().close();
    ports.store().close();
  }

  private static RunnerFactory runner(
      Foundations base, EnginePorts ports, IdSource ids, ScriptBook scripts) {
    var runnerPorts =
        new RunnerPorts(ports.files(), ports.logs(), ports.scheduler().clock(), ids);
    return base.isScripted()
        ? events -> new ScriptedRunner(scripts, runnerPorts, ports.scheduler(), events)
        : RunnerChoice.of(base.config(), base.workspace(), runnerPorts);
  }

  private static FileStore files(Foundations base) throws IOException {
    var workspace = base.workspace();
    return workspace.isTemporary()
        ? LocalFileStore.temporary(workspace.fresh("files"), base.signer(), base.base())
        : new LocalFileStore(workspace.folder("files"), base.signer(), base.base());
  }

  private static Scheduler system() {
    return new SystemScheduler(Clock.systemUTC());
  }

  /** Whole seconds read best in the output of a test; today, since clients may compare with it. */
  private static Instant manualStart() {
    return Instant.ofEpochSecond(Instant.now().getEpochSecond());
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
