package io.github.datasphere.emulator.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.proto.jobs.JobStatus;
import org.junit.jupiter.api.Test;

class JobHistoriesTest {
  private final JobHistories histories = new JobHistories();

  @Test
  void stateThatNobodySawIsNoFault() {
    assertThat(histories.saw("a", JobStatus.CREATING)).isEmpty();
    assertThat(histories.saw("a", JobStatus.EXECUTING)).isEmpty();
    assertThat(histories.saw("a", JobStatus.SUCCESS)).isEmpty();
    assertThat(histories.saw("a", JobStatus.SUCCESS)).isEmpty();
  }

  @Test
  void anotherEndIsAFault() {
    histories.saw("a", JobStatus.SUCCESS);
    assertThat(histories.saw("a", JobStatus.CANCELLED))
        .hasValue("job a was SUCCESS and is CANCELLED");
  }

  @Test
  void wayBackIsAFault() {
    histories.saw("a", JobStatus.EXECUTING);
    assertThat(histories.saw("a", JobStatus.PREPARING)).isPresent();
    assertThat(histories.saw("b", JobStatus.PREPARING)).isEmpty();
  }
}
