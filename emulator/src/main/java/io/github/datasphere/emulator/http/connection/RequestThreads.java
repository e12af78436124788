package io.github.datasphere.emulator.http.connection;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The threads of one port: as many as are busy at once, up to a limit, and none when idle. The
 * JDK's server needs a thread for each request from its first byte on. So a client that stops
 * within its headers holds a thread, and loses it when other clients wait.
 */
public final class RequestThreads implements Executor, AutoCloseable {
  private static final long IDLE_MILLIS = 10_000;

  /** More than this wait for a turn in their places; each costs the stack of a thread. */
  private static final int MOST_ASIDE = 1_000;

  private final int most;
  private final Crowd crowd = new Crowd();
  // One for each port, since a static one would be shared by all emulators of a JVM
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<ClientWait> clients = new ThreadLocal<>();

  private final AtomicInteger made = new AtomicInteger();
  private int threads;
  private int idle;
  private int aside;
  private boolean closed;

  public RequestThreads(int most) {
    this.most = most;
  }

  /** Returns how the current thread, which must be one of these, waits for its client. */
  public ClientWait client() {
    return clients.get();
  }

  @Override
  public synchronized void execute(Runnable task) {
    if (closed) {
      return;
    }
    crowd.queue(task);
    if (idle >= crowd.waiting()) {
      notify();
    } else if (threads < most) {
      startThread();
    } else {
      crowd.press();
    }
  }

  private void startThread() {
    threads++;
    var thread = new Thread(this::work, "datasphere-http-" + made.incrementAndGet());
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits on the current thread, which must be one of these, while another one may serve others in
   * its place.
   */
  void aside(Runnable wait) {
    var left = leavePlace();
    try {
      wait.run();
    } finally {
      if (left) {
        takePlace();
      }
    }
  }

  private synchronized boolean leavePlace() {
    if (aside == MOST_ASIDE) {
      return false;
    }
    aside++;
    threads--;
    crowd.leave(client());
    if (crowd.waiting() > idle) {
      startThread();
    }
    return true;
  }

  private synchronized void takePlace() {
    aside--;
    threads++;
    crowd.enter(client());
  }

  /** Breaks off the threads that wait for a client; work in progress goes on to its end. */
  @Override
  public synchronized void close() {
    closed = true;
    crowd.disperse();
    notifyAll();
  }

  private void work() {
    var client = new ClientWait();
    clients.set(client);
    for (var task = next(); task != null; task = next()) {
      crowd.enter(client);
      try {
        serve(client, task);
      } finally {
        crowd.leave(client);
      }
    }
  }

  private static void serve(ClientWait client, Runnable task) {
    client.renew();
    try {
      // The JDK reads the head of a request first; the handler then ends this wait
      client.begin();
      task.run();
    } catch (IOException | RuntimeException | Error e) {
      LoggerFactory.getLogger(RequestThreads.class).error("A request ended its thread", e);
    } finally {
      client.end(0);
    }
  }

  /** Returns the next task; null if there was none for a while. */
  private synchronized @Nullable Runnable next() {
    var task = crowd.next();
    for (var isFirst = true; task == null && isFirst && !closed; isFirst = false) {
      idle++;
      try {
        wait(IDLE_MILLIS);
      } catch (InterruptedException e) {
        // Clear the interrupt: it was for the wait, which is over
      } finally {
        idle--;
      }
      task = crowd.next();
    }
    if (task == null) {
      threads--;
    }
    return task;
  }
}
