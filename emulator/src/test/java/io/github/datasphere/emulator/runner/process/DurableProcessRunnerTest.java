package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.JobRunnerContract;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.process.ProcessSettings.Durability;
import java.nio.file.Path;

class DurableProcessRunnerTest extends JobRunnerContract {
  @Override
  protected JobRunner start(Path folder, RunnerPorts ports, RunnerEvents events) {
    var settings = new ProcessSettings(
        folder.resolve("jobs"),
        Durability.ENDED_AT_CLOSE,
        JobResources.within(folder),
        System.getenv());
    return new ProcessRunner(settings, ports, events);
  }
}
