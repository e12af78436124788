package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.time.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Runs every job as its script says; deterministic on a manual clock (docs/architecture.md). */
public final class ScriptedRunner implements JobRunner {
  private final ScriptSource scripts;
  private final ScriptedRun.Parts parts;
  private final Map<JobId, ScriptedRun> runs = new ConcurrentHashMap<>();

  public ScriptedRunner(
      ScriptSource scripts, RunnerPorts ports, Scheduler scheduler, RunnerEvents events) {
    this(scripts, Map.of(), ports, scheduler, events, Snapshot.EMPTY);
  }

  /**
   * Makes a runner whose jobs go on from a snapshot of another one, each as soon as it is asked
   * for.
   *
   * @param secrets secrets of jobs by name; the map may grow later
   */
  public ScriptedRunner(
      ScriptSource scripts,
      Map<String, String> secrets,
      RunnerPorts ports,
      Scheduler scheduler,
      RunnerEvents events,
      Snapshot start) {
    this.scripts = scripts;
    this.parts =
        new ScriptedRun.Parts(ports.files(), ports.log(), scheduler, ports.ids(), secrets, events);
    start.runs.forEach(run -> runs.put(run.job().id(), new ScriptedRun(run, parts)));
    start.shutGates.forEach(Gate::shut);
  }

  /** Returns how far all jobs have come. */
  public Snapshot snapshot() {
    var states = runs.values().stream().flatMap(run -> run.state().stream()).toList();
    return new Snapshot(states, shutGates(states));
  }

  private static List<Gate> shutGates(List<RunState> states) {
    return states.stream()
        .flatMap(state -> state.script().gates())
        .distinct()
        .filter(gate -> !gate.isOpen())
        .toList();
  }

  @Override
  public void run(Job job) {
    var known = runs.get(job.id());
    if (known != null) {
      known.goOnIfPaused();
    } else {
      var script = parts.scheduler().callback(() -> scripts.scriptFor(job));
      var run = new ScriptedRun(job, script, parts);
      runs.put(job.id(), run);
      run.start();
    }
  }

  @Override
  public void signal(JobId job, int signal) {
    var run = runs.get(job);
    if (run != null && !run.goOnIfPaused()) {
      run.signal(signal);
    }
  }

  @Override
  public void kill(JobId job) {
    var run = runs.get(job);
    if (run != null) {
      run.kill();
    } else {
      parts.events().accept(new RunnerEvent.Ended(job, new Ending.NeverStarted()));
    }
  }

  @Override
  public void collect(Job job) {
    // A job that never came to run has nothing but its log
    runs.getOrDefault(job.id(), new ScriptedRun(job, Script.empty(), parts)).collect();
  }

  @Override
  public void release(JobId job) {
    var run = runs.remove(job);
    if (run != null) {
      run.abandon();
    }
  }

  @Override
  public void sweep(Predicate<JobId> isOpen) {
    runs.keySet().removeIf(isOpen.negate());
  }

  /** Closes the runner; its late timers and gates change nothing. */
  @Override
  public void close() {
    runs.values().forEach(ScriptedRun::abandon);
  }

  /** How far all jobs of a runner had come at one moment. */
  public static final class Snapshot {
    /** A snapshot without jobs. */
    public static final Snapshot EMPTY = new Snapshot(List.of(), List.of());

    private final List<RunState> runs;
    private final List<Gate> shutGates;

    private Snapshot(List<RunState> runs, List<Gate> shutGates) {
      this.runs = runs;
      this.shutGates = shutGates;
    }
  }
}
