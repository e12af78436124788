package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import java.util.function.Consumer;

/** Settings of an extension that is registered in a field. */
public final class ExtensionBuilder {
  private Transport transport = Settings.defaults().transport();
  private boolean strict;
  private Lifetime lifetime = Settings.defaults().lifetime();
  private String token = Settings.defaults().token();
  private boolean onlyAnnotated;
  private EmulatorConfig config = Settings.defaults().config();
  private Consumer<Emulator> prepare = Settings.defaults().prepare();

  ExtensionBuilder() {}

  /** How channels and stubs reach the emulator; in-process if it's not said. */
  public ExtensionBuilder transport(Transport how) {
    transport = how;
    return this;
  }

  /** Makes tests fail that leave something undone, see {@link DataSphereEmulator#strict}. */
  public ExtensionBuilder strict() {
    strict = true;
    return this;
  }

  /** How long one emulator lives; for one test if it's not said. */
  public ExtensionBuilder lifetime(Lifetime howLong) {
    lifetime = howLong;
    return this;
  }

  /** The IAM token that injected stubs send. */
  public ExtensionBuilder token(String sent) {
    token = sent;
    return this;
  }

  /**
   * Leaves parameters alone that do not ask for it, see {@link DataSphereEmulator#onlyAnnotated}.
   */
  public ExtensionBuilder onlyAnnotated() {
    onlyAnnotated = true;
    return this;
  }

  /** Settings of the emulator itself; jobs run by script and time stands still in any case. */
  public ExtensionBuilder config(EmulatorConfig settings) {
    config = settings;
    return this;
  }

  /**
   * How many jobs may be active, see {@link DataSphereEmulator#quota}; after {@link #config}, whose
   * own quota it replaces.
   *
   * @throws IllegalArgumentException if {@code jobs} is less than 1
   */
  public ExtensionBuilder quota(int jobs) {
    config = Settings.withQuota(config, jobs);
    return this;
  }

  /** What is done with each new emulator before a test sees it, such as common scripts. */
  public ExtensionBuilder prepare(Consumer<Emulator> more) {
    prepare = prepare.andThen(more);
    return this;
  }

  public DataSphereEmulatorExtension build() {
    return new DataSphereEmulatorExtension(
        new Settings(transport, strict, lifetime, token, onlyAnnotated, config, prepare));
  }
}
