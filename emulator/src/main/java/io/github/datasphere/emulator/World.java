package io.github.datasphere.emulator;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.StorageKind;
import io.github.datasphere.emulator.engine.Caller;
import io.github.datasphere.emulator.engine.EnginePorts;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.engine.JobObserver;
import io.github.datasphere.emulator.engine.Projects;
import io.github.datasphere.emulator.engine.SystemScheduler;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.local.LocalFileStore;
import io.github.datasphere.emulator.files.memory.MemoryFileStore;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.Scheduler;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.memory.MemoryJobLog;
import io.github.datasphere.emulator.logs.segment.SegmentJobLog;
import io.github.datasphere.emulator.runner.RunnerFactory;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.scripted.ScriptBook;
import io.github.datasphere.emulator.runner.scripted.ScriptedRunner;
import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.memory.MemoryJobStore;
import io.github.datasphere.emulator.testing.ManualClock;
import io.github.datasphere.emulator.testing.TestState;
import io.github.datasphere.emulator.testing.Timeline;
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
  private final IdSource ids;
  private final ScriptBook scripts;
  private final TestState testState;
  private final JobEngine engine;

  private World(Foundations base, EnginePorts ports, Timeline timeline) {
    var config = base.config();
    this.ports = ports;
    this.ids = new IdSource(random(config));
    this.scripts = new ScriptBook();
    this.engine = new JobEngine(ports, runner(base, ids), ids, Settings.engine(config));
    this.testState = TestState.of(ports.scheduler(), engine, timeline);
    putProjects(config, engine.projects(), ports.scheduler().clock());
  }

  /** Opens what the workspace holds and goes on with it. */
  static World open(Foundations base) throws IOException {
    var scheduler = base.manualTime() ? new ManualClock(manualStart()) : system();
    var timeline = new Timeline();
    var ports = new EnginePorts(
        store(base),
        files(base),
        logs(base),
        scheduler,
        base.isScripted() ? timeline : JobObserver.NONE);
    var world = new World(base, ports, timeline);
    world.engine.start();
    if (!base.workspace().isTemporary()) {
      Daemons.named("datasphere-cleanup", world.engine::dropUnclaimedFiles).start();
    }
    return world;
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

  Seeder seeder() {
    return new Seeder(ports, ids, engine, scripts);
  }

  TestState testState() {
    return testState;
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

  private RunnerFactory runner(Foundations base, IdSource ids) {
    var runnerPorts =
        new RunnerPorts(ports.files(), ports.logs(), ports.scheduler().clock(), ids);
    return base.isScripted()
        ? events -> new ScriptedRunner(scripts, runnerPorts, ports.scheduler(), events)
        : RunnerChoice.of(base.config(), base.workspace(), runnerPorts);
  }

  private static JobLog logs(Foundations base) {
    return base.isScripted()
        ? new MemoryJobLog()
        : new SegmentJobLog(base.workspace().folder("logs"));
  }

  private static JobStore store(Foundations base) {
    return base.isScripted() || base.workspace().isTemporary()
        ? new MemoryJobStore()
        : DurableStore.open(base.workspace());
  }

  private static FileStore files(Foundations base) throws IOException {
    if (base.config().storage().kind() == StorageKind.MINIO) {
      throw new EmulatorException(
          "Files in MinIO are not part of this build: leave --storage out, or use --storage local",
          null);
    }
    var workspace = base.workspace();
    if (workspace.isTemporary() && base.isScripted()) {
      return new MemoryFileStore(
          () -> LocalFileStore.temporary(workspace.fresh("files"), base.signer(), base.base()),
          base.signer(),
          base.base());
    }
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
