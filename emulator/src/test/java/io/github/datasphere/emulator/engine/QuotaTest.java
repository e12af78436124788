package io.github.datasphere.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.capacity.Budget;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.operation.OperationResult.Failed;
import io.github.datasphere.emulator.store.memory.MemoryJobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs may be active; the next is refused as the service does it (service-behaviour 3.17). */
class QuotaTest {
  private static final int QUOTA = 2;

  @TempDir
  Path folder;

  private EngineFixture world;

  @BeforeEach
  void setUp() throws IOException {
    world = new EngineFixture(folder, new MemoryJobStore(), Budget.UNLIMITED, QUOTA);
  }

  @Test
  void aJobThatEndsMakesRoomForTheNext() {
    var first = executed();
    executed();
    end(first);

    var third = executed();
    waitForRefusals();

    assertThat(world.job(third).status()).isEqualTo(JobStatus.PREPARING);
    assertThat(world.runner().told()).contains("run " + third);
  }

  @Test
  void whoWasRefusedStaysSoThoughRoomComesMeanwhile() {
    var first = executed();
    executed();
    var third = executed();
    end(first);
    waitForRefusals();

    assertRefused(third);
  }

  @Test
  void aJobThatWaitsForTheMachineIsActiveToo() throws IOException {
    world = new EngineFixture(folder, new MemoryJobStore(), new Budget(9, 4, 100), QUOTA);
    var first = executed();
    var waiting = executed();
    var third = executed();
    waitForRefusals();

    assertRefused(third);
    assertThat(world.job(waiting).status()).isEqualTo(JobStatus.PREPARING);
    end(first);
    assertThat(world.runner().told()).contains("run " + waiting);
  }

  @Test
  void cancelBeforeTheRefusalCancels() {
    var third = refusedSoon();
    world.engine.cancel(third, true);

    assertThat(world.job(third).status()).isEqualTo(JobStatus.CANCELLED);
    waitForRefusals();
    assertThat(world.job(third).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(world.runner().told()).noneMatch(told -> told.endsWith(third.value()));
  }

  @Test
  void aRestartRefusesWhomItWasToRefuseAndNobodyElse() throws IOException {
    var created = IntStream.range(0, 3).mapToObj(i -> world.create()).toList();
    // The oldest of them comes last
    var admitted = List.of(created.get(2), created.get(1));
    admitted.forEach(world.engine::execute);
    world.engine.execute(created.get(0));

    world = new EngineFixture(folder, world.store, Budget.UNLIMITED, QUOTA);
    world.engine.start();
    waitForRefusals();

    assertRefused(created.get(0));
    assertThat(world.runner().told())
        .containsExactlyInAnyOrder("sweep", "run " + admitted.get(0), "run " + admitted.get(1));
    var next = executed();
    waitForRefusals();
    assertRefused(next);
  }

  @Test
  void whatIsRefusedForItsInputsTakesNoPlace() {
    var incomplete = world.create(EngineFixture.withInput("data.bin"));
    for (int i = 0; i < QUOTA; i++) {
      assertThat(catching(() -> world.engine.execute(incomplete))).contains("data.bin");
    }

    var jobs = Stream.generate(this::executed).limit(QUOTA).toList();
    waitForRefusals();

    assertThat(jobs).allMatch(id -> world.job(id).status() == JobStatus.PREPARING);
  }

  @Test
  void theRefusedJobsFilesAreEmptyAndCanBeRead() throws IOException {
    var third = refusedSoon();
    waitForRefusals();

    for (var file : world.job(third).producedFiles()) {
      assertThat(file.sizeBytes()).isZero();
      assertThat(world.isStored(file)).isTrue();
    }
  }

  @Test
  void moreCallersThanPlacesGetAsManyAsThereAre() throws Exception {
    var jobs = IntStream.range(0, 12).mapToObj(i -> world.create()).toList();
    var go = new CountDownLatch(1);
    var callers = Executors.newFixedThreadPool(jobs.size());
    try {
      var calls = jobs.stream()
          .map(job -> callers.submit(() -> {
            go.await();
            return world.engine.execute(job);
          }))
          .toList();
      go.countDown();
      for (var call : calls) {
        call.get();
      }
    } finally {
      callers.shutdownNow();
    }
    waitForRefusals();

    assertThat(jobs.stream().filter(job -> world.job(job).status() == JobStatus.PREPARING))
        .hasSize(QUOTA);
  }

  private JobId executed() {
    var id = world.create();
    world.engine.execute(id);
    return id;
  }

  private JobId refusedSoon() {
    for (int i = 0; i < QUOTA; i++) {
      executed();
    }
    return executed();
  }

  private void end(JobId id) {
    world.runner().started(id);
    world.runner().exited(id, 0);
    world.runner().collected(id, EngineFixture.outputs());
  }

  private void waitForRefusals() {
    world.clock.advance(Duration.ofSeconds(5));
  }

  private void assertRefused(JobId id) {
    assertThat(world.job(id).status()).isEqualTo(JobStatus.ERROR);
    var operation = world.engine.operation(world.job(id).execution().operation());
    assertThat(operation.result())
        .isEqualTo(new Failed(ErrorCode.RESOURCE_EXHAUSTED, "Job execution quota exhausted"));
  }

  private static String catching(Runnable call) {
    try {
      call.run();
      return "";
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
