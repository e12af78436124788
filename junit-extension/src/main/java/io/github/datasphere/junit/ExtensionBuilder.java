package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import java.util.function.Consumer;

/** Settings of an extension that is registered in a field. */
public final class ExtensionBuilder {
  private Settings settings = Settings.defaults();

  ExtensionBuilder() {}

  /** How channels and stubs reach the emulator; in-process if it's not said. */
  public ExtensionBuilder transport(Transport transport) {
    settings = new Settings(
        transport,
        settings.strict(),
        settings.lifetime(),
        settings.token(),
        settings.config(),
        settings.prepare());
    return this;
  }

  /** Makes tests fail that leave something undone, see {@link DataSphereEmulator#strict}. */
  public ExtensionBuilder strict() {
    settings = new Settings(
        settings.transport(),
        true,
        settings.lifetime(),
        settings.token(),
        settings.config(),
        settings.prepare());
    return this;
  }

  /** How long one emulator lives; for one test if it's not said. */
  public ExtensionBuilder lifetime(Lifetime lifetime) {
    settings = new Settings(
        settings.transport(),
        settings.strict(),
        lifetime,
        settings.token(),
        settings.config(),
        settings.prepare());
    return this;
  }

  /** The IAM token that injected stubs send. */
  public ExtensionBuilder token(String token) {
    settings = new Settings(
        settings.transport(),
        settings.strict(),
        settings.lifetime(),
        token,
        settings.config(),
        settings.prepare());
    return this;
  }

  /** Settings of the emulator itself; jobs run by script and time stands still in any case. */
  public ExtensionBuilder config(EmulatorConfig config) {
    settings = new Settings(
        settings.transport(),
        settings.strict(),
        settings.lifetime(),
        settings.token(),
        config,
        settings.prepare());
    return this;
  }

  /**
   * How many jobs may be active, see {@link DataSphereEmulator#quota}; to be said after
   * {@link #config}.
   *
   * @throws IllegalArgumentException if {@code jobs} is less than 1
   */
  public ExtensionBuilder quota(int jobs) {
    return config(Settings.withQuota(settings.config(), jobs));
  }

  /** What is done with each new emulator before a test sees it, such as common scripts. */
  public ExtensionBuilder prepare(Consumer<Emulator> prepare) {
    settings = new Settings(
        settings.transport(),
        settings.strict(),
        settings.lifetime(),
        settings.token(),
        settings.config(),
        settings.prepare().andThen(prepare));
    return this;
  }

  public DataSphereEmulatorExtension build() {
    return new DataSphereEmulatorExtension(settings);
  }
}
