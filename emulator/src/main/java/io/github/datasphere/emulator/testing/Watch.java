package io.github.datasphere.emulator.testing;

/**
 * Tells whether calls and the events of jobs are recorded. For scripted jobs they always are;
 * otherwise recording begins when it is first asked for, since a server may run for months.
 */
public final class Watch {
  private volatile boolean on;

  public Watch(boolean fromTheBeginning) {
    this.on = fromTheBeginning;
  }

  /** Begins to record. */
  public void begin() {
    on = true;
  }

  public boolean isOn() {
    return on;
  }
}
