package io.github.datasphere.emulator.world;

import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerFactory;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.scripted.ScriptBook;
import io.github.datasphere.emulator.runner.scripted.ScriptedRunner;
import io.github.datasphere.emulator.time.Scheduler;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scripts of a world and the runner that follows them. */
final class ScriptedSide implements RunnerFactory {
  private final ScriptBook scripts;
  private final Map<String, String> secrets;
  private final RunnerPorts ports;
  private final Scheduler scheduler;
  private final ScriptedRunner.Snapshot start;
  private @Nullable ScriptedRunner runner;

  /**
   * Makes the side; nothing runs yet.
   *
   * @param secrets secrets of jobs by name; the map may grow later
   * @param start how far the jobs have come
   */
  ScriptedSide(
      ScriptBook scripts,
      Map<String, String> secrets,
      RunnerPorts ports,
      Scheduler scheduler,
      ScriptedRunner.Snapshot start) {
    this.scripts = scripts;
    this.secrets = secrets;
    this.ports = ports;
    this.scheduler = scheduler;
    this.start = start;
  }

  @Override
  public JobRunner create(RunnerEvents events) {
    var made = new ScriptedRunner(scripts, secrets, ports, scheduler, events, start);
    runner = made;
    return made;
  }

  /** Returns how far the jobs have come by now. */
  ScriptedRunner.Snapshot runs() {
    return runner == null ? start : runner.snapshot();
  }
}
