package io.github.datasphere.emulator.store.memory;

import static io.github.datasphere.emulator.job.JobStatus.CREATING;
import static io.github.datasphere.emulator.job.JobStatus.SUCCESS;
import static io.github.datasphere.emulator.store.SampleJobs.id;
import static io.github.datasphere.emulator.store.SampleJobs.job;
import static io.github.datasphere.emulator.store.SampleJobs.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.JobStoreContract;
import org.junit.jupiter.api.Test;

class MemoryJobStoreTest extends JobStoreContract {
  @Override
  protected JobStore open() {
    return new MemoryJobStore();
  }

  @Test
  void snapshotIsNotTouchedByLaterChanges() {
    var store = new MemoryJobStore();
    store.commit(write(job(store.nextSeq(), CREATING)));
    var snapshot = store.snapshot();
    store.commit(write(job(1, SUCCESS)));
    assertThat(new MemoryJobStore(snapshot).job(id(1))).contains(job(1, CREATING));
    assertThat(store.job(id(1))).contains(job(1, SUCCESS));
  }

  @Test
  void storesFromOneSnapshotGoTheirOwnWays() {
    var store = new MemoryJobStore();
    store.nextSeq();
    var snapshot = store.snapshot();
    var first = new MemoryJobStore(snapshot);
    var second = new MemoryJobStore(snapshot);
    first.commit(write(job(first.nextSeq(), CREATING)));
    assertThat(second.job(id(2))).isEmpty();
    assertThat(second.nextSeq()).isEqualTo(2);
  }
}
