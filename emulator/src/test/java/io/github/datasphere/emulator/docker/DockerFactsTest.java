package io.github.datasphere.emulator.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DockerFactsTest {
  @Test
  void whatContainersAreNotHeldToHasAName() {
    assertThat(new DockerFacts.Limits(false, false, false).lacking())
        .containsExactly("CPUs", "memory");
    assertThat(new DockerFacts.Limits(true, false, true).lacking()).containsExactly("memory");
  }

  @Test
  void swapAloneIsForTheDoctor() {
    assertThat(new DockerFacts.Limits(true, true, false).lacking()).isEmpty();
  }
}
