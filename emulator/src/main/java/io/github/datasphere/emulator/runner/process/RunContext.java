package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.logs.LogWriters;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import java.util.concurrent.Executor;

/** What all runs of one runner share. */
record RunContext(
    ProcessSettings settings,
    RunnerPorts ports,
    RunnerEvents events,
    Executor threads,
    HostShell shell,
    LogWriters writers,
    Pulse pulse,
    FolderWatch watch) {

  boolean isLeased() {
    return settings.durability() == Durability.LEASED;
  }
}
