package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.proto.jobs.Job;
import java.util.OptionalInt;

/**
 * A job and its emulator: what {@link JobAssert} looks at.
 *
 * @param job as clients saw it when the assertions began
 */
public record EmulatedJob(Emulator emulator, Job job) {

  static EmulatedJob of(Emulator emulator, String id) {
    return emulator
        .job(id)
        .map(job -> new EmulatedJob(emulator, job))
        .orElseThrow(() -> CallSites.inAuthorsCode(new AssertionError(
            "There is no job '" + id + "'; there are: " + Described.jobs(emulator)
                + ". Was it created through this emulator, and not deleted?")));
  }

  OptionalInt exitCode() {
    return emulator.exitCode(job.getId());
  }

  @Override
  public String toString() {
    return Described.job(job);
  }
}
