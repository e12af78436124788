package io.github.datasphere.emulator.testing;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.testing.recording.JournalEvents;
import io.github.datasphere.emulator.testing.recording.JournalFiles;
import io.github.datasphere.emulator.time.Scheduler;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What tests order and read in one world.
 *
 * @param engine the engine of the same world
 */
public record TestState(
    Scheduler scheduler, JobEngine engine, Faults faults, Journal journal, Timeline timeline) {

  /**
   * Makes a state from a snapshot, on this world's clock.
   *
   * @param timeline made by {@link Snapshot#timeline}
   */
  public static TestState of(
      Scheduler scheduler, JobEngine engine, Timeline timeline, Snapshot start) {
    var journal = start.journal.continuedOn(scheduler.clock(), engine.transfers()::openStored);
    if (scheduler instanceof ManualClock manual) {
      manual.watch(journal::moves);
    }
    return new TestState(scheduler, engine, start.faults.copy(), journal, timeline);
  }

  /** Whether there is such a job, and its state is one of these. */
  boolean jobIsIn(Set<JobStatus> statuses, JobId job) {
    try {
      return statuses.contains(engine.job(job).status());
    } catch (RejectedException unknown) {
      return false;
    }
  }

  /** Returns what happens to this upload or download of a job, if anything. */
  public Optional<FaultActions> takeTransfer(boolean upload, JobId job) {
    return faults.takeTransfer(upload, statuses -> jobIsIn(statuses, job));
  }

  /** Returns what was noted that belongs to no call, in order; URLs of files are whole. */
  public List<JournalEvents.Seen> besideCalls() {
    return journal.besideCalls();
  }

  /** Returns the operation as clients see it now: still open if a fault says so. */
  public Operation shown(Operation operation) {
    return faults.operations().isHeld(operation.id(), scheduler.clock().instant())
        ? operation.open()
        : operation;
  }

  /** Returns what is ordered and seen now; later orders and calls do not change it. */
  public Snapshot snapshot() {
    return new Snapshot(
        faults.copy(), journal.continuedOn(never(), JournalFiles.NONE), timeline.copy());
  }

  /**
   * Returns a clock for objects that belong to no world; with the clock of a world they would keep
   * all of that world in memory.
   */
  private static Clock never() {
    return Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  }

  /** The whole state at one moment. */
  public static final class Snapshot {
    /** Returns a snapshot with nothing ordered and nothing seen. */
    public static Snapshot empty() {
      return new Snapshot(new Faults(), new Journal(never()), new Timeline());
    }

    private final Faults faults;
    private final Journal journal;
    private final Timeline timeline;

    private Snapshot(Faults faults, Journal journal, Timeline timeline) {
      this.faults = faults;
      this.journal = journal;
      this.timeline = timeline;
    }

    /** Returns the timeline for the world that goes on from here. */
    public Timeline timeline() {
      return timeline.copy();
    }
  }
}
