package io.github.datasphere.emulator.runner;

import java.io.IOException;

/** How often something is tried that can fail for a while. */
public interface Attempts {
  /** Once. */
  Attempts ONCE = new Attempts() {
    @Override
    public <T> T make(Attempt<T> attempt) throws IOException {
      return attempt.run();
    }
  };

  /** Tries it, perhaps several times and on another thread; gives what came of the last one. */
  <T> T make(Attempt<T> attempt) throws IOException;

  /** What is tried; begins from scratch each time. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException;
  }
}
