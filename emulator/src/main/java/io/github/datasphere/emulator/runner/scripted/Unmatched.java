package io.github.datasphere.emulator.runner.scripted;

import java.util.Comparator;
import java.util.List;

/** A job that ran although no stub matched it, and so succeeded at once. */
public final class Unmatched {
  private final JobView job;
  private final List<ScriptRefusal> refusals;

  /**
   * Notes such a job.
   *
   * @param refusals the refusals of all stubs, that of the newest first
   */
  Unmatched(JobView job, List<ScriptRefusal> refusals) {
    this.job = job;
    this.refusals = List.copyOf(refusals);
  }

  public JobView job() {
    return job;
  }

  /** Returns a sentence with the reason of the nearest stub: the one whose condition read most. */
  @Override
  public String toString() {
    return job + " ran without a script: "
        + refusals.stream()
            .max(Comparator.comparingInt(
                (ScriptRefusal refusal) -> refusal.looks().size()))
            .map(nearest -> nearest
                + (refusals.size() == 1 ? "" : " (nearest of " + refusals.size() + " stubs)"))
            .orElse("none was ordered; whenExecuted(...).thenRun(...) does");
  }
}
