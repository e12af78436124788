package io.github.datasphere.emulator.docker.connection;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Limits how long to wait for an engine, since reading from a Unix socket has no timeout of its
 * own.
 */
public final class Deadline {
  private Deadline() {}

  /**
   * Returns the result of the call.
   *
   * @throws TimeoutException if it does not end in time; then it is interrupted
   * @throws ExecutionException with its failure as the cause
   */
  public static <T> T within(Duration patience, Callable<T> call)
      throws TimeoutException, ExecutionException {
    var task = new FutureTask<>(call);
    var thread = new Thread(task, "datasphere-docker-connect");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExecutionException("interrupted", e);
    } finally {
      task.cancel(true);
    }
  }
}
