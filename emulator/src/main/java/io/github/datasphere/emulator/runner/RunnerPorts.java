package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.logs.JobLog;
import java.time.Clock;

/** What a runner needs of the rest of the emulator. */
public record RunnerPorts(FileStore files, JobLog log, Clock clock, IdSource ids) {}
