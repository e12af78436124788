package io.github.datasphere.emulator.runner.scripted;

import java.util.ArrayList;
import java.util.List;

/** Makes scripted jobs wait until a test opens it; then it stays open. */
public final class Gate {
  private final String name;
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean open;

  public Gate(String name) {
    this.name = name;
  }

  /** Opens the gate. All consequences that need no time have happened when this returns. */
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

  /** Shuts the gate as at the beginning; jobs that waited in an old world wait for ever. */
  synchronized void shut() {
    open = false;
    waiting.clear();
  }

  /** Runs the task once the gate is open; if it is open, now. */
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
