package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.runner.RunnerContract.Factory;
import org.junit.jupiter.api.Nested;

/** All that runners of real jobs promise. */
public abstract class RunnerSuite {
  private final Factory factory;

  protected RunnerSuite(Factory factory) {
    this.factory = factory;
  }

  @Nested
  class Commands extends CommandContract {
    @Override
    protected Factory factory() {
      return factory;
    }
  }

  @Nested
  class Endings extends EndingContract {
    @Override
    protected Factory factory() {
      return factory;
    }
  }

  @Nested
  class Lines extends LinesContract {
    @Override
    protected Factory factory() {
      return factory;
    }
  }

  @Nested
  class Outputs extends OutputContract {
    @Override
    protected Factory factory() {
      return factory;
    }
  }
}
