package io.github.datasphere.emulator.control;

import io.github.datasphere.emulator.engine.EngineSettings;
import io.github.datasphere.emulator.runner.scripted.Gate;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.emulator.testing.Control;
import io.github.datasphere.emulator.testing.KnownFields;
import io.github.datasphere.emulator.testing.ManualClock;
import io.github.datasphere.emulator.testing.ProtoStatus;
import io.github.datasphere.emulator.testing.TestState;
import io.github.datasphere.emulator.time.SystemScheduler;
import io.github.datasphere.emulator.world.GivenJob;
import io.github.datasphere.emulator.world.StrictModeProblems;
import io.github.datasphere.emulator.world.WorldState;
import io.github.datasphere.emulator.world.Worlds;
import io.github.datasphere.proto.emulator.AddScriptsRequest;
import io.github.datasphere.proto.emulator.PutJobRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries out the calls of the control service. They do what tests in this process do through the
 * emulator itself.
 */
public final class ControlDesk implements Control {
  private final Worlds worlds;
  private final Map<String, Kept> savepoints = new ConcurrentHashMap<>();
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();

  public ControlDesk(Worlds worlds) {
    this.worlds = worlds;
  }

  @Override
  public TestState state() {
    return worlds.watched().testState();
  }

  @Override
  public synchronized void reset(boolean manualClock) {
    if (manualClock) {
      worlds.scripted();
    }
    worlds.reset(manualClock);
    worlds.watched();
    gates.clear();
  }

  @Override
  public synchronized String save() {
    var id = "savepoint-" + (savepoints.size() + 1);
    savepoints.put(id, new Kept(worlds.save(), Map.copyOf(gates)));
    return id;
  }

  @Override
  public synchronized void restore(String savepoint) {
    var kept = savepoints.get(savepoint);
    if (kept == null) {
      throw new IllegalArgumentException("savepoint_id: there is no savepoint '" + savepoint
          + "'; there are " + new TreeMap<>(savepoints).keySet());
    }
    worlds.restore(kept.world());
    gates.clear();
    gates.putAll(kept.gates());
  }

  @Override
  public Instant now() {
    return worlds.current().scheduler().clock().instant();
  }

  @Override
  public boolean isManual() {
    return worlds.current().scheduler() instanceof ManualClock;
  }

  @Override
  public void advance(Duration time) {
    var scheduler = worlds.current().scheduler();
    if (scheduler instanceof ManualClock manual) {
      manual.advance(time);
    } else if (scheduler instanceof SystemScheduler system) {
      note(system, time);
      system.advance(time);
    } else {
      throw new AssertionError(scheduler);
    }
  }

  @Override
  public void setTo(Instant instant) {
    var scheduler = worlds.current().scheduler();
    if (scheduler instanceof ManualClock manual) {
      manual.setTo(instant);
    } else if (scheduler instanceof SystemScheduler system) {
      note(system, Duration.between(now(), instant));
      system.setTo(instant);
    } else {
      throw new AssertionError(scheduler);
    }
  }

  private void note(SystemScheduler moved, Duration by) {
    worlds.current().testState().journal().moves(moved.clock().instant(), by);
  }

  @Override
  public void addScripts(AddScriptsRequest request) {
    var reader = reader();
    var asks = !request.getAsk().isEmpty();
    if (request.getScriptsCount() == 0 && !asks) {
      throw new IllegalArgumentException("scripts: must be set: say what such jobs do");
    }
    if (request.getScriptsCount() > 0 && asks) {
      throw new IllegalArgumentException("ask: cannot be set beside scripts: choose one of them");
    }
    var asker = asks ? new ScriptAsker(request.getAsk(), reader) : null;
    var scripts = new ArrayList<Script>();
    for (int i = 0; i < request.getScriptsCount(); i++) {
      scripts.add(reader.read(request.getScripts(i), "scripts[" + i + "]"));
    }
    var stub = worlds
        .scripted()
        .scripts()
        .whenExecuted(ScriptReader.condition(request.getWhen()), origin(request));
    scripts.forEach(stub::thenRun);
    if (asker != null) {
      stub.thenDecide(asker::ask);
    }
  }

  /** Stands where a test in this process has the line of its source: names the call instead. */
  private static StackTraceElement origin(AddScriptsRequest request) {
    var when = KnownFields.of(request.getWhen()).toString().strip().replaceAll("\\s+", " ");
    return new StackTraceElement(
        "ControlService", "AddScripts", when.isEmpty() ? "every job" : when, -1);
  }

  @Override
  public void openGate(String name) {
    var gate = gates.get(name);
    if (gate == null) {
      throw new IllegalArgumentException(
          "name: no script waits for gate '" + name + "'; there are " + gates.keySet());
    }
    gate.open();
  }

  @Override
  public String putJob(PutJobRequest request) {
    return worlds.scripted().seeder().put(read(GivenJob.succeeded(), request)).value();
  }

  private GivenJob read(GivenJob blank, PutJobRequest request) {
    var seed = blank
        .project(or(request.getProjectId(), blank.texts().project()))
        .name(or(request.getName(), blank.texts().name()))
        .cmd(or(request.getCmd(), blank.texts().cmd()))
        .stdout(request.getStdout());
    if (request.getStatusValue() != 0) {
      seed = seed.status(ProtoStatus.toDomain(status(request)));
    }
    if (request.hasRunning()) {
      seed = seed.running(reader().read(request.getRunning(), "running"));
    }
    if (request.hasAge()) {
      seed = seed.age(ScriptReader.duration(request.getAge(), "age"));
    }
    if (request.hasTtl()) {
      seed = seed.ttl(ScriptReader.duration(request.getTtl(), "ttl"));
    }
    for (var file : new TreeMap<>(request.getInputsMap()).entrySet()) {
      seed = seed.input(file.getKey(), file.getValue().toByteArray());
    }
    for (var file : new TreeMap<>(request.getOutputsMap()).entrySet()) {
      seed = seed.output(file.getKey(), file.getValue().toByteArray());
    }
    return seed;
  }

  @Override
  public String putFile(String project, byte[] content) {
    return worlds.scripted().seeder().put(project, content);
  }

  @Override
  public void putSecret(String name, String value) {
    worlds.scripted().secrets().put(name, value);
  }

  @Override
  public void setQuota(int jobs) {
    worlds.current().engine().limitTo(jobs == 0 ? EngineSettings.NO_QUOTA : jobs);
  }

  @Override
  public List<String> undone() {
    return new StrictModeProblems(worlds.watched()).problems();
  }

  private ScriptReader reader() {
    return new ScriptReader(name -> gates.computeIfAbsent(name, Gate::new));
  }

  private static String or(String value, String otherwise) {
    return value.isEmpty() ? otherwise : value;
  }

  private static JobStatus status(PutJobRequest request) {
    if (request.getStatus() == JobStatus.UNRECOGNIZED) {
      throw new IllegalArgumentException("status: there is no state " + request.getStatusValue());
    }
    return request.getStatus();
  }

  /** A savepoint, and the gates that its scripts refer to by name. */
  private record Kept(WorldState world, Map<String, Gate> gates) {}
}
