package io.github.datasphere.emulator.world;

import io.github.datasphere.emulator.files.memory.MemoryFileStore;
import io.github.datasphere.emulator.job.id.SeededRandom;
import io.github.datasphere.emulator.logs.memory.MemoryJobLog;
import io.github.datasphere.emulator.runner.scripted.ScriptBook;
import io.github.datasphere.emulator.runner.scripted.ScriptedRunner;
import io.github.datasphere.emulator.store.memory.MemoryJobStore;
import io.github.datasphere.emulator.testing.TestState;
import io.github.datasphere.emulator.tokens.TokenService;
import io.github.datasphere.emulator.wiring.EmulatorContext;
import io.github.datasphere.emulator.wiring.PartSettings;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a world begins with: nothing, or what another world held at one moment. A world whose
 * jobs run their own commands begins with what its data directory holds instead.
 *
 * @param manualTime whether time stands still until a test moves it
 * @param now null for the time of this machine
 * @param secrets secrets of scripted jobs by name
 * @param quota how many jobs may be active before Execute fails
 * @param random source of ids; null for ids that cannot be guessed
 */
public record WorldState(
    boolean manualTime,
    @Nullable Instant now,
    @Nullable SeededRandom random,
    MemoryJobStore.Snapshot jobs,
    MemoryJobLog.Snapshot logs,
    MemoryFileStore.Snapshot files,
    TokenService tokens,
    ScriptBook.Snapshot scripts,
    Map<String, String> secrets,
    ScriptedRunner.Snapshot runs,
    int quota,
    TestState.Snapshot tests) {

  /** Returns the state of the first moment. */
  static WorldState initial(EmulatorContext base, boolean manualTime) {
    var seed = base.config().jobs().seed();
    return new WorldState(
        manualTime,
        // Whole seconds read best in the output of a test; it is today, since clients may compare
        // dates
        manualTime ? Instant.ofEpochSecond(Instant.now().getEpochSecond()) : null,
        seed.isPresent() ? new SeededRandom(seed.getAsLong()) : null,
        MemoryJobStore.Snapshot.EMPTY,
        MemoryJobLog.Snapshot.EMPTY,
        MemoryFileStore.Snapshot.empty(),
        base.tokens(),
        ScriptBook.Snapshot.EMPTY,
        PartSettings.secrets(base.config().resources()),
        ScriptedRunner.Snapshot.EMPTY,
        PartSettings.quota(base.config().jobs().sizing().capacity()),
        TestState.Snapshot.empty());
  }
}
