package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.process.os.FolderWatch;
import io.github.datasphere.emulator.runner.process.os.HostShell;
import io.github.datasphere.emulator.runner.process.os.ProcessWatch;
import io.github.datasphere.emulator.runner.run.RunnerParts;

/** What all runs of one runner share. */
record ProcessRunContext(
    RunnerParts parts,
    ProcessSettings settings,
    HostShell shell,
    ProcessWatch pulse,
    FolderWatch watch) {}
