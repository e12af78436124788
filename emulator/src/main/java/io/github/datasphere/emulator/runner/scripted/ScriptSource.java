package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.job.Job;

/** Says what a job does; asked once, when the job runs. */
@FunctionalInterface
public interface ScriptSource {
  Script scriptFor(Job job);
}
