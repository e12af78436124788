package io.github.datasphere.emulator.base;

/** Threads that do not keep the process alive. */
public final class Daemons {
  private Daemons() {}

  public static Thread log(Runnable task) {
    return named("datasphere-log", task);
  }

  public static Thread named(String name, Runnable task) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
