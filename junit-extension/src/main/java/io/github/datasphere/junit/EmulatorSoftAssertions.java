package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import org.assertj.core.api.SoftAssertions;

/** AssertJ's soft assertions that know emulators and their jobs, too. */
public class EmulatorSoftAssertions extends SoftAssertions {

  /** What it checks itself is soft; {@link EmulatorAssert#job} leads to assertions that are not. */
  public EmulatorAssert assertThat(Emulator emulator) {
    return proxy(EmulatorAssert.class, Emulator.class, emulator);
  }

  /**
   * Soft assertions on a job.
   *
   * @throws AssertionError if there is no such job
   */
  public JobAssert assertThatJob(Emulator emulator, String id) {
    return proxy(JobAssert.class, EmulatedJob.class, EmulatedJob.of(emulator, id));
  }
}
