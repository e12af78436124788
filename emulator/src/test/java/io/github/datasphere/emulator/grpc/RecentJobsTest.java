package io.github.datasphere.emulator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.runner.TestJobs;
import io.github.datasphere.proto.jobs.JobStatus;
import org.junit.jupiter.api.Test;

class RecentJobsTest {
  private final RecentJobs recent = new RecentJobs();

  @Test
  void messageOfAJobIsMadeOnce() {
    var job = TestJobs.job("true").build();

    assertThat(recent.message(job)).isSameAs(recent.message(job));
  }

  @Test
  void jobThatHasChangedHasAnotherMessage() {
    var job = TestJobs.job("true").build();
    recent.message(job);

    assertThat(recent.message(TestJobs.executing(job)).getStatus()).isEqualTo(JobStatus.EXECUTING);
  }

  @Test
  void jobsThatShareASlotAreNotTakenForEachOther() {
    // More than there are slots, so some share one
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 200; i++) {
        var job = TestJobs.job("true").id("bt1" + i).build();
        assertThat(recent.message(job).getId()).isEqualTo("bt1" + i);
      }
    }
  }

  @Test
  void largeMessageIsNotKept() {
    var job = TestJobs.job("x".repeat(100_000)).build();

    assertThat(recent.message(job)).isNotSameAs(recent.message(job)).isEqualTo(recent.message(job));
  }
}
