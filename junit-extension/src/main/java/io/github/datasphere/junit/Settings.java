package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import java.util.function.Consumer;

/**
 * What one registration asks for.
 *
 * @param way how the test reaches which service
 * @param onlyAnnotated whether parameters have to ask with {@link FromEmulator}
 * @param prepare what is done with each new emulator before the first test sees it
 */
record Settings(
    Way way,
    boolean strict,
    Lifetime lifetime,
    String token,
    boolean onlyAnnotated,
    EmulatorConfig config,
    Consumer<Emulator> prepare) {

  static Settings defaults() {
    return new Settings(
        new Way(Transport.IN_PROCESS, ""),
        false,
        Lifetime.TEST,
        "test-token",
        false,
        EmulatorConfig.onFreePorts(),
        emulator -> {});
  }

  static Settings of(DataSphereEmulator annotation) {
    var base = defaults();
    return new Settings(
        new Way(annotation.transport(), annotation.replay()),
        annotation.strict(),
        annotation.lifetime(),
        annotation.token(),
        annotation.onlyAnnotated(),
        annotation.quota() == 0 ? base.config() : withQuota(base.config(), annotation.quota()),
        base.prepare());
  }

  /**
   * Returns the same configuration with at most this many active jobs.
   *
   * @throws IllegalArgumentException if {@code jobs} is less than 1
   */
  static EmulatorConfig withQuota(EmulatorConfig config, int jobs) {
    var sizing = config.jobs().sizing();
    return config.with(config.jobs().with(sizing.with(sizing.capacity().withQuota(jobs))));
  }

  Transport transport() {
    return way.transport();
  }

  boolean isShared() {
    return lifetime == Lifetime.CLASS;
  }
}
