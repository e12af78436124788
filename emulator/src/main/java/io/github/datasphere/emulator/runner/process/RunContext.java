package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import java.util.concurrent.Executor;

/** What all runs of one runner share. */
record RunContext(
    ProcessSettings settings,
    RunnerPorts ports,
    RunnerEvents events,
    Executor threads,
    HostShell shell) {}
