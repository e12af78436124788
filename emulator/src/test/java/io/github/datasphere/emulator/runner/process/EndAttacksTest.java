package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.attacks.EndAttacks;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerContract.Factory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The attacks of jobs on their own end, as plain processes. */
@EnabledOnOs(OS.LINUX)
class EndAttacksTest {
  @Nested
  class Leased extends EndAttacks {
    @Override
    protected Factory factory() {
      return processes(Durability.LEASED);
    }

    @Override
    protected String place() {
      return "process";
    }
  }

  @Nested
  class Durable extends EndAttacks {
    @Override
    protected Factory factory() {
      return processes(Durability.ENDED_AT_CLOSE);
    }

    @Override
    protected String place() {
      return "process";
    }
  }

  private static Factory processes(Durability durability) {
    return (folder, resources, ports, events) -> ProcessRunner.start(
        new ProcessSettings(folder.resolve("jobs"), durability, resources, System.getenv()),
        ports,
        events);
  }
}
