package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import java.util.function.Consumer;

/** Settings of an extension that is registered in a field. */
public final class ExtensionBuilder {
  private Way way = Settings.defaults().way();
  private boolean strict;
  private Lifetime lifetime = Settings.defaults().lifetime();
  private String token = Settings.defaults().token();
  private boolean onlyAnnotated;
  private EmulatorConfig config = Settings.defaults().config();
  private Consumer<Emulator> prepare = Settings.defaults().prepare();

  ExtensionBuilder() {}

  /** Sets how channels and stubs reach the emulator; the default is in-process. */
  public ExtensionBuilder transport(Transport how) {
    way = way.by(how);
    return this;
  }

  /** Answers from a recording, see {@link DataSphereEmulator#replay}. */
  public ExtensionBuilder replay(String folder) {
    way = way.replaying(folder);
    return this;
  }

  /** Makes tests fail that leave something undone, see {@link DataSphereEmulator#strict}. */
  public ExtensionBuilder strict() {
    strict = true;
    return this;
  }

  /** Sets how long one emulator lives; the default is one test. */
  public ExtensionBuilder lifetime(Lifetime howLong) {
    lifetime = howLong;
    return this;
  }

  /** Sets the IAM token that injected stubs send. */
  public ExtensionBuilder token(String sent) {
    token = sent;
    return this;
  }

  /** Leaves parameters without annotation alone, see {@link DataSphereEmulator#onlyAnnotated}. */
  public ExtensionBuilder onlyAnnotated() {
    onlyAnnotated = true;
    return this;
  }

  /**
   * Sets the configuration of the emulator itself; jobs run by script and time stands still in any
   * case.
   */
  public ExtensionBuilder config(EmulatorConfig settings) {
    config = settings;
    return this;
  }

  /**
   * Sets how many jobs may be active, see {@link DataSphereEmulator#quota}. To be called after
   * {@link #config}, whose own quota it replaces.
   *
   * @throws IllegalArgumentException if {@code jobs} is less than 1
   */
  public ExtensionBuilder quota(int jobs) {
    config = Settings.withQuota(config, jobs);
    return this;
  }

  /** Prepares each new emulator before a test sees it, for example with common scripts. */
  public ExtensionBuilder prepare(Consumer<Emulator> more) {
    prepare = prepare.andThen(more);
    return this;
  }

  public DataSphereEmulatorExtension build() {
    return new DataSphereEmulatorExtension(
        new Settings(way, strict, lifetime, token, onlyAnnotated, config, prepare));
  }
}
