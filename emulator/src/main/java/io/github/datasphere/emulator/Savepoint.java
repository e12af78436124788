package io.github.datasphere.emulator;

import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.wiring.EmulatorContext;
import io.github.datasphere.emulator.world.WorldState;

/**
 * All that an emulator held at one moment, see {@link Emulator#save}. It can be restored any number
 * of times, but only into the emulator that it was taken from.
 */
public final class Savepoint {
  private final EmulatorContext owner;
  private final WorldState state;

  Savepoint(EmulatorContext owner, WorldState state) {
    this.owner = owner;
    this.state = state;
  }

  WorldState stateFor(EmulatorContext emulator) {
    if (!owner.equals(emulator)) {
      throw CallSites.inAuthorsCode(new IllegalArgumentException(
          "this savepoint was taken from another emulator: restore it there, or take one here"));
    }
    return state;
  }
}
