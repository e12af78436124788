package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerSuite;

/** Jobs that live and die with the emulator. */
class LeasedRunnerTest extends RunnerSuite {
  LeasedRunnerTest() {
    super((folder, resources, ports, events) -> ProcessRunner.start(
        new ProcessSettings(folder.resolve("jobs"), Durability.LEASED, resources, System.getenv()),
        ports,
        events));
  }
}
