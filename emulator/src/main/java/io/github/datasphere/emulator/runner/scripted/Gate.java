package io.github.datasphere.emulator.runner.scripted;

import java.util.ArrayList;
import java.util.List;

/** Holds scripted jobs up until a test opens it; once open it stays so. */
public final class Gate {
  private final String name;
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean open;

  public Gate(String name) {
    this.name = name;
  }

  /** Lets everybody through; all that follows without time has happened when this returns. */
  public void open() {
    List<Runnable> released;
    synchronized (this) {
      open = true;
      released = List.copyOf(waiting);
      waiting.clear();
    }
    released.forEach(Runnable::run);
  }

  synchronized boolean isOpen() {
    return open;
  }

  /** Shut as at the beginning; those who waited in a world that is gone wait for ever. */
  synchronized void shut() {
    open = false;
    waiting.clear();
  }

  /** Runs the task once the gate is open: now, if it is. */
  void whenOpen(Runnable task) {
    synchronized (this) {
      if (!open) {
        waiting.add(task);
        return;
      }
    }
    task.run();
  }

  @Override
  public String toString() {
    return "gate " + name;
  }
}
