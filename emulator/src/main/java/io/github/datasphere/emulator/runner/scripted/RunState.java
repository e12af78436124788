package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.job.Job;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a job has come in its script.
 *
 * @param next index of the step that follows
 * @param began when the command began, null before
 * @param written files by path
 * @param ended whether the command has, and its outputs are on their way
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
   * What a run waits for: a moment, or a gate.
   *
   * @param until null if it is a gate
   * @param gate null if it is a moment
   */
  record Halt(@Nullable Instant until, @Nullable Gate gate) {
    /** Nothing: it is at work. */
    static final Halt NONE = new Halt(null, null);
  }
}
