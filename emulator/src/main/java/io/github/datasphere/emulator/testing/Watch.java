package io.github.datasphere.emulator.testing;

/**
 * Whether calls, and what happens to jobs, are written down. Always for scripted jobs; elsewhere
 * from the first moment that somebody asks, since a server may run for months.
 */
public final class Watch {
  private volatile boolean on;

  public Watch(boolean fromTheBeginning) {
    this.on = fromTheBeginning;
  }

  /** From now on. */
  public void begin() {
    on = true;
  }

  public boolean isOn() {
    return on;
  }
}
