package io.github.datasphere.emulator.engine.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.engine.EngineFixture;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.capacity.Budget;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.store.memory.MemoryJobStore;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every job takes 4 CPUs of a budget of 4. */
class RunQueueTest {
  @TempDir
  Path folder;

  private EngineFixture world;

  @BeforeEach
  void setUp() throws Exception {
    world = new EngineFixture(folder, new MemoryJobStore(), new Budget(9, 4, 100));
  }

  @Test
  void aJobWithoutRoomWaitsInPreparingAndSaysWhatFor() {
    executed();
    var second = executed();
    assertThat(world.runner().told()).doesNotContain("run " + second);
    assertThat(world.job(second).status()).isEqualTo(JobStatus.PREPARING);
    assertThat(world.logs.notes).anyMatch(note -> note.contains("Waiting for room"));
  }

  @Test
  void jobsRunInTheOrderOfExecute() {
    var first = executed();
    var second = executed();
    var third = executed();
    end(first);
    assertThat(world.runner().told()).contains("run " + second).doesNotContain("run " + third);
    end(second);
    assertThat(world.runner().told()).contains("run " + third);
  }

  @Test
  void cancellingAWaitingJobNeedsNoRunner() {
    executed();
    var second = executed();
    world.engine.cancel(second, false);
    assertThat(world.job(second).status()).isEqualTo(JobStatus.CANCELLING);
    world.runner().collected(second, EngineFixture.outputs());
    assertThat(world.job(second).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(world.runner().told()).doesNotContain("kill " + second);
  }

  @Test
  void aJobThatRanBeforeARestartRunsAtOnceWhateverTheBudget() throws Exception {
    var first = executed();
    world.runner().started(first);
    var second = executed();
    var restarted = new EngineFixture(folder, world.store, new Budget(9, 4, 100));
    restarted.engine.start();
    assertThat(restarted.runner().told()).containsExactly("sweep", "run " + first);
    assertThat(restarted.job(second).status()).isEqualTo(JobStatus.PREPARING);
  }

  private JobId executed() {
    var id = world.create();
    world.engine.execute(id);
    return id;
  }

  private void end(JobId id) {
    world.runner().started(id);
    world.runner().exited(id, 0);
    world.runner().collected(id, EngineFixture.outputs());
  }
}
