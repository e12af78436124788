package io.github.datasphere.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.capacity.Budget;
import io.github.datasphere.emulator.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs while the store takes nothing, as on a full disk. */
class FailingStoreTest {
  @TempDir
  Path folder;

  private final HistoryStore store = new HistoryStore();
  private EngineFixture fixture;

  @BeforeEach
  void setUp() throws Exception {
    fixture = new EngineFixture(folder, store, Budget.UNLIMITED);
    fixture.engine.start();
  }

  @Test
  void aCallIsRefusedAndMayBeRepeated() {
    var id = fixture.create();
    store.full = true;
    assertThatThrownBy(() -> fixture.engine.execute(id)).isInstanceOf(StoreException.class);

    store.full = false;
    fixture.engine.execute(id);

    assertThat(fixture.job(id).status()).isEqualTo(JobStatus.PREPARING);
  }

  @Test
  void theEndOfACommandCountsOnceTheStoreServesAgain() {
    var id = fixture.executing();
    store.full = true;
    fixture.runner().exited(id, 0);
    fixture.clock.advance(Duration.ofSeconds(5));
    assertThat(fixture.job(id).status()).isEqualTo(JobStatus.EXECUTING);

    store.full = false;
    fixture.clock.advance(Duration.ofSeconds(1));

    assertThat(fixture.job(id).status()).isEqualTo(JobStatus.UPLOADING_OUTPUT);
  }

  @Test
  void whatARunnerTellsKeepsItsOrder() {
    var id = fixture.create();
    fixture.engine.execute(id);
    store.full = true;
    fixture.runner().started(id);
    store.full = false;
    fixture.runner().progressed(id, new Progress(50, "half", EngineFixture.START));
    fixture.runner().exited(id, 0);
    fixture.runner().collected(id, Collected.NOTHING);
    assertThat(fixture.job(id).status()).isEqualTo(JobStatus.PREPARING);

    fixture.clock.advance(Duration.ofSeconds(1));

    assertThat(fixture.job(id).status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(fixture.job(id).execution().startedAt()).isNotNull();
  }

  @Test
  void dataExpireOnceTheStoreServesAgain() {
    var id = fixture.ended(0);
    store.full = true;
    fixture.clock.advance(EngineFixture.TTL.plusMinutes(1));
    assertThat(fixture.job(id).data().cleared()).isFalse();

    store.full = false;
    fixture.clock.advance(Duration.ofSeconds(1));

    assertThat(fixture.job(id).data().cleared()).isTrue();
  }
}
