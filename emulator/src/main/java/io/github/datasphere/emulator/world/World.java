package io.github.datasphere.emulator.world;

import io.github.datasphere.emulator.base.Daemons;
import io.github.datasphere.emulator.base.Opened;
import io.github.datasphere.emulator.base.OptionalLibrary;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.engine.Caller;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.engine.Projects;
import io.github.datasphere.emulator.engine.commands.EnginePorts;
import io.github.datasphere.emulator.engine.commands.JobObserver;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.local.LocalFileStore;
import io.github.datasphere.emulator.files.memory.LargeFiles;
import io.github.datasphere.emulator.files.memory.MemoryFileStore;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.id.SeededRandom;
import io.github.datasphere.emulator.job.lifecycle.Decision;
import io.github.datasphere.emulator.job.lifecycle.JobCommand;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.memory.MemoryJobLog;
import io.github.datasphere.emulator.logs.segment.SegmentJobLog;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.scripted.ScriptBook;
import io.github.datasphere.emulator.saved.JobSaver;
import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.memory.MemoryJobStore;
import io.github.datasphere.emulator.testing.DecisionText;
import io.github.datasphere.emulator.testing.ManualClock;
import io.github.datasphere.emulator.testing.RecordingSwitch;
import io.github.datasphere.emulator.testing.TestState;
import io.github.datasphere.emulator.testing.Timeline;
import io.github.datasphere.emulator.time.Scheduler;
import io.github.datasphere.emulator.time.SystemScheduler;
import io.github.datasphere.emulator.tokens.TokenService;
import io.github.datasphere.emulator.wiring.DurableStore;
import io.github.datasphere.emulator.wiring.EmulatorContext;
import io.github.datasphere.emulator.wiring.MinioFiles;
import io.github.datasphere.emulator.wiring.PartSettings;
import io.github.datasphere.emulator.wiring.RunnerSelector;
import io.github.datasphere.emulator.wiring.SelectedRunner;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Engine, stores, clock and scripts of one emulator: built as one, closed as one, and swapped as
 * one at reset (docs/architecture.md).
 */
public final class World implements AutoCloseable {
  private final EmulatorContext base;
  private final EnginePorts ports;
  private final @Nullable SeededRandom random;
  private final IdSource ids;
  private final TokenService tokens;
  private final ScriptBook scripts;
  private final Map<String, String> secrets;
  private final ScriptedSide scripted;
  private final TestState testState;
  private final JobEngine engine;

  private World(EmulatorContext base, EnginePorts ports, Timeline timeline, WorldState start) {
    this.base = base;
    this.ports = ports;
    this.random = start.random() == null ? null : start.random().copy();
    this.ids = new IdSource(random == null ? new SecureRandom() : random);
    this.tokens = start.tokens().copy();
    this.scripts = new ScriptBook(start.scripts());
    var scheduler = ports.scheduler();
    var runnerPorts = new RunnerPorts(ports.files(), ports.logs(), scheduler.clock(), ids);
    this.secrets = new ConcurrentHashMap<>(start.secrets());
    this.scripted = new ScriptedSide(scripts, secrets, runnerPorts, scheduler, start.runs());
    var runner = base.isScripted()
        ? SelectedRunner.scripted(scripted)
        : RunnerSelector.of(base.config(), base.workspace(), runnerPorts);
    this.engine =
        new JobEngine(ports, runner.factory(), ids, PartSettings.engine(base.config(), runner));
    this.engine.limitTo(start.quota());
    this.testState = TestState.of(scheduler, engine, timeline, start.tests());
  }

  /** Opens a world that holds only what the workspace holds. */
  static World open(EmulatorContext base, boolean manualTime) throws IOException {
    var world = open(base, WorldState.initial(base, manualTime));
    putProjects(base.config(), world.engine.projects(), world.scheduler().clock());
    if (base.isDurable()) {
      Daemons.named("datasphere-cleanup", world::dropLeftovers).start();
    }
    return world;
  }

  /**
   * Does what it can: the storage may be away, or the emulator may end. The next start does the
   * rest.
   */
  private void dropLeftovers() {
    base.workspace().closeToOthers();
    try {
      engine.dropLeftovers();
    } catch (RuntimeException e) {
      log().info("Unneeded files stay until the next start: {}", e.getMessage());
    }
  }

  /** Opens a world that goes on from this state. */
  static World open(EmulatorContext base, WorldState start) throws IOException {
    var timeline = start.tests().timeline();
    try (var opened = new Opened()) {
      var scheduler = opened.add(scheduler(start), World::close);
      var ports = new EnginePorts(
          opened.add(store(base, start), JobStore::close),
          opened.add(files(base, start, scheduler.clock()), FileStore::close),
          opened.add(logs(base, start, timeline), JobLog::close),
          scheduler,
          watched(timeline, base.watch()));
      var world = opened.add(new World(base, ports, timeline, start), made -> made.engine.close());
      world.engine.start();
      opened.keep();
      return world;
    }
  }

  /**
   * Returns all that the world holds now.
   *
   * @throws IllegalStateException if something is going on
   */
  WorldState state() throws IOException {
    if (!engine.isIdle() || (scheduler() instanceof ManualClock manual && manual.isMoving())) {
      throw new IllegalStateException("a savepoint cannot be taken while something happens: take it"
          + " neither from inside a script or callback nor while another thread moves the clock or"
          + " calls the service");
    }
    if (!(ports.files() instanceof MemoryFileStore files)) {
      throw new IllegalStateException(
          "a savepoint cannot be taken of files in MinIO: use --storage local");
    }
    return new WorldState(
        scheduler() instanceof ManualClock,
        scheduler().clock().instant(),
        random == null ? null : random.copy(),
        ((MemoryJobStore) ports.store()).snapshot(),
        ((MemoryJobLog) ports.logs()).snapshot(),
        files.snapshot(room(base)),
        tokens.copy(),
        scripts.snapshot(),
        Map.copyOf(secrets),
        scripted.runs(),
        engine.quota(),
        testState.snapshot());
  }

  public JobEngine engine() {
    return engine;
  }

  public Scheduler scheduler() {
    return ports.scheduler();
  }

  public TokenService tokens() {
    return tokens;
  }

  public ScriptBook scripts() {
    return scripts;
  }

  /** Returns the secrets of scripted jobs by name. */
  public Map<String, String> secrets() {
    return secrets;
  }

  public Seeder seeder() {
    return new Seeder(ports, ids, engine, scripts);
  }

  public TestState testState() {
    return testState;
  }

  /** Returns what writes jobs of this world into a file. */
  public JobSaver saver() {
    return new JobSaver(engine, testState);
  }

  @Override
  public void close() {
    close(ports.scheduler());
    testState.faults().close();
    engine.close();
    ports.logs().close();
    ports.files().close();
    ports.store().close();
  }

  private static void close(Scheduler scheduler) {
    if (scheduler instanceof SystemScheduler system) {
      system.close();
    }
  }

  private static Scheduler scheduler(WorldState start) {
    if (start.manualTime() && start.now() != null) {
      return new ManualClock(start.now());
    }
    var clock = Clock.systemUTC();
    var system = new SystemScheduler(clock);
    if (start.now() != null) {
      system.shift(Duration.between(clock.instant(), start.now()));
    }
    return system;
  }

  private static JobLog logs(EmulatorContext base, WorldState start, Timeline timeline) {
    return base.isScripted()
        ? new MemoryJobLog(start.logs(), (job, record) -> mark(timeline, job, record))
        : new SegmentJobLog(base.workspace().folder("logs"));
  }

  private static JobObserver watched(Timeline timeline, RecordingSwitch watch) {
    return new JobObserver() {
      @Override
      public void made(Job job) {
        watch.jobChanged(job.id());
      }

      @Override
      public void decided(Job before, JobCommand command, Decision decision, Instant now) {
        if (watch.isOn()) {
          timeline.note(before.id().value(), now, DecisionText.of(before, command, decision));
        }
        watch.jobChanged(before.id());
      }
    };
  }

  private static void mark(Timeline timeline, JobId job, LogRecord record) {
    var source = record.source();
    var name = source.isStandardStream() ? source.kind().toString() : source.path();
    timeline.note(
        job.value(), record.createdAt(), "log: " + record.content().length + " bytes to " + name);
  }

  private static JobStore store(EmulatorContext base, WorldState start) {
    if (!base.isDurable()) {
      return new MemoryJobStore(start.jobs());
    }
    OptionalLibrary.DATABASE.require();
    return DurableStore.open(base.workspace());
  }

  private static FileStore files(EmulatorContext base, WorldState start, Clock clock)
      throws IOException {
    if (!base.keepsFiles()) {
      OptionalLibrary.S3.require();
      return MinioFiles.open(base, clock);
    }
    if (base.isScripted()) {
      return new MemoryFileStore(start.files(), room(base), base.signer(), base.base());
    }
    return base.isDurable()
        ? new LocalFileStore(base.workspace().folder("files"), base.signer(), base.base())
        : largeFiles(base);
  }

  /**
   * Returns a factory that refers to no world; otherwise each savepoint would keep its world in
   * memory.
   */
  private static LargeFiles room(EmulatorContext base) {
    return start -> {
      var files = largeFiles(base);
      if (start != null) {
        files.addAllOf((LocalFileStore) start);
      }
      return files;
    };
  }

  private static LocalFileStore largeFiles(EmulatorContext base) throws IOException {
    return LocalFileStore.temporary(base.workspace().fresh("files"), base.signer(), base.base());
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

  private static Logger log() {
    return LoggerFactory.getLogger(World.class);
  }
}
