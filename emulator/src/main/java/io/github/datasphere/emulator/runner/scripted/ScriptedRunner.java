package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Scheduler;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Runs every job as its script says; deterministic on a manual clock (design section 3). */
public final class ScriptedRunner implements JobRunner {
  private final ScriptSource scripts;
  private final ScriptedRun.Parts parts;
  private final Map<JobId, ScriptedRun> runs = new ConcurrentHashMap<>();

  public ScriptedRunner(
      ScriptSource scripts, RunnerPorts ports, Scheduler scheduler, RunnerEvents events) {
    this.scripts = scripts;
    this.parts = new ScriptedRun.Parts(ports.files(), ports.log(), scheduler, ports.ids(), events);
  }

  @Override
  public void run(Job job) {
    if (!runs.containsKey(job.id())) {
      var run = new ScriptedRun(job, scripts.scriptFor(job), parts);
      runs.put(job.id(), run);
      run.start();
    }
  }

  @Override
  public void signal(JobId job, int signal) {
    var run = runs.get(job);
    if (run != null) {
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

  /** Late timers and gates of this runner change nothing. */
  @Override
  public void close() {
    runs.values().forEach(ScriptedRun::abandon);
  }
}
