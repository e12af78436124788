package io.github.datasphere.emulator.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whose a container is, and whether its owner still lives. */
class OwnershipTest {
  private final String self = Ownership.ofProcess().owner();

  @Test
  void runningProcessIsNotDead() {
    assertThat(Ownership.isDead(self)).isFalse();
  }

  @Test
  void processThatIsGoneIsDead() {
    assertThat(Ownership.isDead(self.replaceFirst("-\\d+-(\\w+)$", "-999999999-$1")))
        .isTrue();
  }

  @Test
  void anotherProcessWithTheSameNumberIsAnother() {
    assertThat(Ownership.isDead(self + "1")).isTrue();
  }

  @Test
  void ofOtherMachinesAndOfDataDirectoriesNothingIsKnown() {
    assertThat(Ownership.isDead(self.replaceFirst("^process-\\w+-", "process-other-")))
        .isFalse();
    assertThat(Ownership.isDead("data-0123456789abcdef")).isFalse();
    assertThat(Ownership.isDead("null")).isFalse();
  }
}
