package io.github.datasphere.emulator.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.engine.EngineFixture;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.job.capacity.Budget;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.validation.ParametersBuilder;
import io.github.datasphere.emulator.store.h2.H2JobStore;
import java.lang.Thread.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileClaimsTest {
  private static final byte[] CONTENT = "shared".getBytes(StandardCharsets.UTF_8);
  private static final JobFile INPUT = EngineFixture.file("in.txt", CONTENT);

  @TempDir
  Path folder;

  private EngineFixture world;

  @BeforeEach
  void setUp() throws Exception {
    world = new EngineFixture(folder);
  }

  @Test
  void aFileStoredForOneJobIsNotAskedForByTheNext() throws Exception {
    uploaded();
    assertThat(world.submit(parameters()).result())
        .isEqualTo(new OperationResult.Submitted(List.of()));
  }

  @Test
  void aSharedFileLivesAsLongAsOneJobNeedsIt() throws Exception {
    var first = uploaded();
    var second = world.create(parameters());
    world.engine.delete(first);
    assertThat(world.isStored(INPUT)).isTrue();
    world.engine.delete(second);
    assertThat(world.isStored(INPUT)).isFalse();
  }

  @Test
  void wrongContentIsRefusedAndLeavesNothing() throws Exception {
    var id = world.create(parameters());
    assertThatThrownBy(() -> world.upload(id, INPUT, "SHARED".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(FileRejectedException.class)
        .hasMessageContaining(INPUT.sha256());
    assertThatThrownBy(
            () -> world.upload(id, INPUT, "shared and more".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(FileRejectedException.class)
        .hasMessageContaining("larger");
    assertThat(world.files.list()).isEmpty();
  }

  @Test
  void anUploadForADeletedJobLeavesNothing() throws Exception {
    var id = world.create(parameters());
    world.engine.delete(id);
    assertThatThrownBy(() -> world.upload(id, INPUT, CONTENT))
        .isInstanceOf(RejectedException.class);
    assertThat(world.files.list()).isEmpty();
  }

  /** The look and the claim of Create are one step: a clearing in between has to wait. */
  @Test
  void aFileThatCreateHasSeenIsNotUnlinkedBeforeCreateClaimsIt() throws Exception {
    var first = uploaded();
    world.engine.execute(first);
    world.engine.cancel(first, false);
    world.runner().exited(first, 137);
    world.runner().collected(first, EngineFixture.outputs());
    var clearing = new Thread(() -> world.engine.deleteData(first));
    world.files.afterNextLook(() -> {
      clearing.start();
      await()
          .until(() -> EnumSet.of(State.WAITING, State.TERMINATED).contains(clearing.getState()));
    });
    var second = world.submit(parameters());
    clearing.join();
    assertThat(second.result()).isEqualTo(new OperationResult.Submitted(List.of()));
    assertThat(world.isStored(INPUT)).isTrue();
  }

  @Test
  void nobodyWhoWasToldThatAFileIsStoredEverMissesIt() throws Exception {
    useOneFileFrom32Clients();
  }

  @Test
  void norDoesAnybodyWhenJobsAreInTheDatabase() throws Exception {
    try (var store = H2JobStore.open(folder.resolve("state"))) {
      world = new EngineFixture(folder.resolve("database"), store, Budget.UNLIMITED);
      useOneFileFrom32Clients();
    }
  }

  private void useOneFileFrom32Clients() throws Exception {
    var pool = Executors.newFixedThreadPool(32);
    var clients = new ArrayList<Future<Integer>>();
    for (int i = 0; i < 32; i++) {
      clients.add(pool.submit(this::uploadUseAndClear));
    }
    var reused = 0;
    for (var client : clients) {
      reused += client.get();
    }
    pool.shutdown();
    // Both ways must have happened, else this test shows nothing
    assertThat(reused).isBetween(1, 32 * 40 - 1);
    assertThat(world.files.list()).isEmpty();
  }

  private Integer uploadUseAndClear() throws Exception {
    var reused = 0;
    for (int i = 0; i < 40; i++) {
      var submitted = world.submit(parameters());
      var id = Objects.requireNonNull(submitted.jobId());
      var missing =
          ((OperationResult.Submitted) Objects.requireNonNull(submitted.result())).missingFiles();
      if (missing.isEmpty()) {
        reused++;
      } else {
        world.upload(id, INPUT, CONTENT);
      }
      assertThat(world.isStored(INPUT)).as("file of job %s", id).isTrue();
      world.engine.execute(id);
      world.engine.cancel(id, false);
      world.runner().exited(id, 137);
      world.runner().collected(id, EngineFixture.outputs());
      world.engine.deleteData(id);
    }
    return reused;
  }

  private JobId uploaded() throws Exception {
    var id = world.create(parameters());
    world.upload(id, INPUT, CONTENT);
    return id;
  }

  private static JobParameters parameters() {
    var builder = new ParametersBuilder();
    builder.inputs.add(INPUT);
    return builder.build();
  }
}
