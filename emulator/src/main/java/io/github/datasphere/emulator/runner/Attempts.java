package io.github.datasphere.emulator.runner;

import java.io.IOException;

/** Decides how often an action is tried that can fail for a while. */
public interface Attempts {
  /** Tries once. */
  Attempts ONCE = new Attempts() {
    @Override
    public <T> T make(Attempt<T> attempt) throws IOException {
      return attempt.run();
    }
  };

  /**
   * Tries the action, perhaps several times and on another thread, and returns the outcome of the
   * last try.
   */
  <T> T make(Attempt<T> attempt) throws IOException;

  /** The action that is tried; each try begins from scratch. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException;
  }
}
