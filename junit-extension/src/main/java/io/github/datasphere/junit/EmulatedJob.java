package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.job.Job;

/** A job and its emulator: what {@link JobAssert} looks at. */
public record EmulatedJob(Emulator emulator, Job job) {

  static EmulatedJob of(Emulator emulator, String id) {
    return emulator.jobs().stream()
        .filter(job -> job.id().value().equals(id))
        .findFirst()
        .map(job -> new EmulatedJob(emulator, job))
        .orElseThrow(() -> CallSites.inAuthorsCode(new AssertionError(
            "There is no job '" + id + "'; there are: " + Described.jobs(emulator)
                + ". Was it created through this emulator, and not deleted?")));
  }

  @Override
  public String toString() {
    return Described.job(job);
  }
}
