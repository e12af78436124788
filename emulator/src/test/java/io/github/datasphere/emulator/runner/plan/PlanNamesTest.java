package io.github.datasphere.emulator.runner.plan;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.runner.TestJobs;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PlanNamesTest {
  @Test
  void sameSeedGivesSameNames() {
    var parameters = job("x").output("a", "A").outputDataset("d", "D").build().parameters();

    assertThat(PlanNames.choose(parameters, new IdSource(new Random(5))))
        .isEqualTo(PlanNames.choose(parameters, new IdSource(new Random(5))));
  }

  @Test
  void namesDoNotCollide() {
    var job = job("x").output("v_aaa/file", "");
    // Upper and lower case fall together, and the generator is stuck at first
    for (var name : new String[] {"V", "v"}) {
      job.output("o" + name, name);
    }

    var names = PlanNames.choose(job.build().parameters(), new IdSource(new Stuck()));

    assertThat(names.variables().values()).doesNotHaveDuplicates().doesNotContain("v_aaa");
  }

  @Test
  void eachVariableHasOneName() {
    var parameters = TestJobs.job("x").output("a", "A").output("b", "B").build().parameters();

    assertThat(PlanNames.choose(parameters, new IdSource(new Random(1))).variables())
        .containsOnlyKeys("A", "B");
  }

  /** Draws the first letter again and again before it moves on. */
  private static final class Stuck implements RandomGenerator {
    private int draws;

    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public int nextInt(int bound) {
      draws++;
      return draws <= 9 ? 0 : draws % bound;
    }
  }
}
