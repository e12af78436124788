package io.github.datasphere.emulator.wiring;

/** The machine's own time, for parts that measure distances. */
public final class MachineTime {
  private MachineTime() {}

  /** Returns nanoseconds since some moment. */
  public static long nanos() {
    return System.nanoTime();
  }
}
