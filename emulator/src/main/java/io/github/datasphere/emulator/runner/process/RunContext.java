package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.run.RunnerParts;

/** What all runs of one runner share. */
record RunContext(
    RunnerParts parts, ProcessSettings settings, HostShell shell, Pulse pulse, FolderWatch watch) {}
