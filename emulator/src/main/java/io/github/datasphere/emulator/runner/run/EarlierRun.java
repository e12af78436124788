package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Finds the command that an earlier emulator began in a place. */
final class EarlierRun {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int MOST_LOOKS = 500;

  private final Place place;
  private final RunnerParts parts;
  private final SystemLog log;

  EarlierRun(Place place, RunnerParts parts, SystemLog log) {
    this.place = place;
    this.parts = parts;
    this.log = log;
  }

  /** The names that were drawn for it; empty if there is none. */
  Optional<PlanNames> find() throws IOException {
    return parts.isLeased() ? Optional.empty() : place.restore();
  }

  /** An emulator that was killed had saved that it begins, and perhaps not come to do so. */
  Optional<PlanNames> findBegun(Job whole) throws IOException {
    var found = find();
    if (found.isEmpty() || whole.execution().startedAt() != null || hasBegun()) {
      return found;
    }
    log.info("The emulator was ended before the command began; the job is prepared anew");
    return Optional.empty();
  }

  /** The supervisor was told to begin, or its lease has ended; it needs a moment for either. */
  private boolean hasBegun() throws IOException {
    for (int look = 0; look < MOST_LOOKS; look++) {
      var known = place.hasBegun(Preparation.SCRIPT);
      if (known.isPresent()) {
        return known.get();
      }
      parts.pause(LOOK);
    }
    return true;
  }
}
