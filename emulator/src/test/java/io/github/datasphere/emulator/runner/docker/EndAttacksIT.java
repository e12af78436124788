package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.attacks.EndAttacks;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerContract.Factory;

/** The attacks of jobs on their own end, in containers. */
class EndAttacksIT extends EndAttacks {
  @Override
  protected Factory factory() {
    return RealEngine.factory(Durability.ENDED_AT_CLOSE);
  }

  @Override
  protected String place() {
    return "container";
  }
}
