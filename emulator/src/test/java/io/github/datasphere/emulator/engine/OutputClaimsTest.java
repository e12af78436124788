package io.github.datasphere.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.capacity.Budget;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.store.h2.H2JobStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs that several jobs have in common. */
class OutputClaimsTest {
  private static final int CLIENTS = 32;
  private static final int JOBS = 40;
  private static final byte[] CONTENT = "the same".getBytes(StandardCharsets.UTF_8);
  private static final JobFile OUTPUT = EngineFixture.file("out.txt", CONTENT);

  @TempDir
  Path folder;

  private EngineFixture world;

  @BeforeEach
  void setUp() throws Exception {
    world = new EngineFixture(folder);
  }

  @Test
  void anOutputStaysWhileItsRunIsCollectedThoughAnotherJobLetsGoOfIt() throws Exception {
    var first = ended(CONTENT);
    var second = exited();
    world.stored(second, "out.txt", CONTENT);
    world.engine.deleteData(first);
    assertThat(world.isStored(OUTPUT)).isTrue();

    world.runner().collected(second, EngineFixture.outputs(OUTPUT));

    assertThat(world.job(second).status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(world.job(second).results().outputFiles()).containsExactly(OUTPUT);
    assertThat(world.isStored(OUTPUT)).isTrue();
  }

  @Test
  void itStaysAsLongAsTheStoreDoesNotTakeTheEndOfTheRun() throws Exception {
    var store = new HistoryStore();
    world = new EngineFixture(folder.resolve("failing"), store, Budget.UNLIMITED);
    world.engine.start();
    var id = exited();
    world.stored(id, "out.txt", CONTENT);
    store.full = true;
    world.runner().collected(id, EngineFixture.outputs(OUTPUT));
    world.engine.dropLeftovers();
    store.full = false;
    world.clock.advance(Duration.ofSeconds(1));

    assertThat(world.job(id).results().outputFiles()).containsExactly(OUTPUT);
    assertThat(world.isStored(OUTPUT)).isTrue();
  }

  @Test
  void whatARunStoredAndDidNotNameIsNotKept() throws Exception {
    var id = exited();
    world.stored(id, "out.txt", CONTENT);
    assertThat(world.isStored(OUTPUT)).isTrue();
    world.runner().collected(id, EngineFixture.outputs());
    assertThat(world.isStored(OUTPUT)).isFalse();
  }

  @Test
  void aRunWhoseJobIsOverStoresNothing() throws Exception {
    var id = ended(CONTENT);
    var late = "late".getBytes(StandardCharsets.UTF_8);
    assertThat(world.isStored(world.stored(id, "late.txt", late))).isFalse();
  }

  @Test
  void anOutputThatIsDeletedPastTheEmulatorIsNamedAsAnError() throws Exception {
    var id = exited();
    world.stored(id, "out.txt", CONTENT);
    world.files.delete(EngineFixture.key(OUTPUT));
    world.runner().collected(id, EngineFixture.outputs(OUTPUT));
    assertThat(world.job(id).status()).isEqualTo(JobStatus.ERROR);
    assertThat(world.job(id).results().errors()).hasSize(1);
  }

  @Test
  void nobodyLosesAnOutputWhileOthersClearTheSame() throws Exception {
    shareOneOutputAmong32Clients();
  }

  @Test
  void norDoesAnybodyWhenJobsAreInTheDatabase() throws Exception {
    try (var store = H2JobStore.open(folder.resolve("state"))) {
      world = new EngineFixture(folder.resolve("database"), store, Budget.UNLIMITED);
      shareOneOutputAmong32Clients();
    }
  }

  private void shareOneOutputAmong32Clients() throws Exception {
    var pool = Executors.newFixedThreadPool(CLIENTS);
    var clients = new ArrayList<Future<Void>>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(pool.submit(this::runAndClear));
    }
    for (var client : clients) {
      client.get();
    }
    pool.shutdown();
    assertThat(world.files.list()).isEmpty();
  }

  private Void runAndClear() throws Exception {
    for (int i = 0; i < JOBS; i++) {
      var id = ended(CONTENT);
      assertThat(world.job(id).status()).isEqualTo(JobStatus.SUCCESS);
      assertThat(world.isStored(OUTPUT)).as("output of job %s", id).isTrue();
      world.engine.deleteData(id);
    }
    return null;
  }

  private JobId ended(byte[] content) throws Exception {
    var id = exited();
    var output = world.stored(id, "out.txt", content);
    world.runner().collected(id, EngineFixture.outputs(output));
    return id;
  }

  private JobId exited() {
    var id = world.executing();
    world.runner().exited(id, 0);
    return id;
  }
}
