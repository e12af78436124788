package io.github.datasphere.emulator.job.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SizingTest {
  private static final InstanceType SMALL = new InstanceType("s", 2, gib(8), 0, "", 0);
  private static final InstanceType LARGE = new InstanceType("l", 16, gib(32), 4, "V100", gib(128));
  private static final Resources MACHINE = new Resources(8, gib(16), 1);

  @Test
  void clampGivesWhatIsAskedForAndAtMostTheMachine() {
    var sizing = Sizing.clamp(MACHINE);
    assertThat(sizing.of(SMALL)).contains(new Resources(2, gib(8), 0));
    assertThat(sizing.of(LARGE)).contains(MACHINE);
  }

  @Test
  void strictRefusesWhatDoesNotFit() {
    var sizing = Sizing.strict(MACHINE);
    assertThat(sizing.of(SMALL)).contains(new Resources(2, gib(8), 0));
    assertThat(sizing.of(LARGE)).isEmpty();
  }

  @Test
  void strictRefusesForTheLackOfAnyOneResource() {
    assertThat(Sizing.strict(new Resources(1, gib(8), 0)).of(SMALL)).isEmpty();
    assertThat(Sizing.strict(new Resources(2, gib(8) - 1, 0)).of(SMALL)).isEmpty();
    assertThat(Sizing.strict(new Resources(16, gib(32), 3)).of(LARGE)).isEmpty();
  }

  @Test
  void scaleKeepsProportions() {
    var sizing = Sizing.scale(MACHINE, List.of(SMALL, LARGE));
    assertThat(sizing.of(LARGE)).contains(MACHINE);
    assertThat(sizing.of(SMALL)).contains(new Resources(1, gib(4), 0));
  }

  @Test
  void scaleLeavesTypesAloneThatAllFit() {
    var sizing = Sizing.scale(MACHINE, List.of(SMALL));
    assertThat(sizing.of(SMALL)).contains(new Resources(2, gib(8), 0));
  }

  @Test
  void scaleNeverGoesBeyondTheMachine() {
    assertThat(Sizing.scale(MACHINE, List.of(SMALL)).of(LARGE)).contains(MACHINE);
  }

  private static long gib(int number) {
    return (long) number << 30;
  }
}
