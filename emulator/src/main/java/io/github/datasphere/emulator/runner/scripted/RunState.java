package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.job.Job;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a job has come in its script.
 *
 * @param next index of the next step
 * @param began when the command began; null before
 * @param written files by path
 * @param ended whether the command has ended and its outputs are being stored
 */
record RunState(
    Job job,
    Script script,
    int next,
    @Nullable Instant began,
    Map<String, byte[]> written,
    boolean ended,
    Halt halt) {
  RunState {
    written = Map.copyOf(written);
  }

  /**
   * What a run waits for: a moment or a gate.
   *
   * @param until the moment; null for a gate
   * @param gate the gate; null for a moment
   */
  record Halt(@Nullable Instant until, @Nullable Gate gate) {
    /** The run waits for nothing, since it is at work. */
    static final Halt NONE = new Halt(null, null);
  }
}
