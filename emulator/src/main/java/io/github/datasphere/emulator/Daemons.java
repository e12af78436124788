package io.github.datasphere.emulator;

/** Threads that do not keep the process alive. */
final class Daemons {
  private Daemons() {}

  static Thread log(Runnable task) {
    return named("datasphere-log", task);
  }

  static Thread named(String name, Runnable task) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
