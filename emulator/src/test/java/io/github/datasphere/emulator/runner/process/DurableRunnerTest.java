package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerSuite;

/** Jobs that may outlive the emulator. */
class DurableRunnerTest extends RunnerSuite {
  DurableRunnerTest() {
    super((folder, resources, ports, events) -> ProcessRunner.start(
        new ProcessSettings(
            folder.resolve("jobs"), Durability.ENDED_AT_CLOSE, resources, System.getenv()),
        ports,
        events));
  }
}
