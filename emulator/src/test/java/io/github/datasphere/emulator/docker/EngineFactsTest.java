package io.github.datasphere.emulator.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineFactsTest {
  @Test
  void whatContainersAreNotHeldToHasAName() {
    assertThat(new EngineFacts.Limits(false, false, false).lacking())
        .containsExactly("CPUs", "memory");
    assertThat(new EngineFacts.Limits(true, false, true).lacking()).containsExactly("memory");
  }

  @Test
  void swapAloneIsForTheDoctor() {
    assertThat(new EngineFacts.Limits(true, true, false).lacking()).isEmpty();
  }
}
