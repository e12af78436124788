package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Finds out which command an earlier emulator has begun in a sandbox. */
final class EarlierRun {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int MOST_LOOKS = 500;

  private final Sandbox sandbox;
  private final RunnerParts parts;
  private final SystemLog log;

  EarlierRun(Sandbox sandbox, RunnerParts parts, SystemLog log) {
    this.sandbox = sandbox;
    this.parts = parts;
    this.log = log;
  }

  /** Returns the names that were drawn for the command; empty if there is none. */
  Optional<PlanNames> find() throws IOException {
    return parts.isLeased() ? Optional.empty() : sandbox.restore();
  }

  /**
   * Finds only a command that has really begun. An emulator saves that it begins a command before
   * it does so, and may have been killed in between.
   */
  Optional<PlanNames> findBegun(Job whole) throws IOException {
    var found = find();
    boolean hadBegun = whole.execution().startedAt() != null && !sandbox.isRepeated();
    if (found.isEmpty() || hadBegun || hasBegun()) {
      return found;
    }
    log.info("The emulator ended before the command began; the job is prepared again");
    return Optional.empty();
  }

  /**
   * Waits for the answer. Either the supervisor was told to begin or its lease has ended; both take
   * a moment.
   */
  private boolean hasBegun() throws IOException {
    for (int look = 0; look < MOST_LOOKS; look++) {
      var known = sandbox.hasBegun(Preparation.SCRIPT);
      if (known.isPresent()) {
        return known.get();
      }
      parts.pause(LOOK);
    }
    return true;
  }
}
