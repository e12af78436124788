package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.process.os.FolderWatch;
import io.github.datasphere.emulator.runner.process.os.HostShell;
import io.github.datasphere.emulator.runner.process.os.ProcessWatch;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import io.github.datasphere.emulator.runner.run.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each job with bash in a directory of its own on this machine. It isolates nothing: a job can
 * do whatever the emulator's user can. Where there is no {@code /proc} (macOS), children of a job
 * that leave its process group are not found, and there are no diagnostics.
 */
public final class ProcessRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessRunner.class);

  private ProcessRunner() {}

  /** Makes the runner, which is ready at once, and warns that it isolates nothing. */
  public static JobRunner start(ProcessSettings settings, RunnerPorts ports, RunnerEvents events) {
    var parts =
        RunnerParts.of("process", ports, events, settings.resources(), settings.durability());
    var context = new ProcessRunContext(
        parts,
        settings,
        new HostShell(settings.machine()),
        new ProcessWatch(parts.timer()),
        new FolderWatch());
    LOG.warn(
        "Jobs run as processes of this machine, with all rights of its user and without isolation"
            + " or limits: run only what you trust, or take Docker (--runner docker).");
    return new Runs(new ProcessBackend(context), parts);
  }
}
