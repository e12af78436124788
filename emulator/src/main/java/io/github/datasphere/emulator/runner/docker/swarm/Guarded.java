package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps on a node that end when the node is lost; a frozen engine never ends them itself.
 *
 * @param letGo closes the streams of the node's container
 */
record Guarded(Place place, RunnerParts parts, Runnable letGo) {
  private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);
  private static final long BETWEEN_LOOKS_SECONDS = 1;
  private static final long LAST_SECONDS = 5;

  /**
   * Carries out a step that prepares a job.
   *
   * @throws NodeLostException if the node is lost before the step ends
   */
  <T> T prepare(Callable<T> step) throws IOException, PreparationException, CancelledException {
    var running = begin(step);
    while (true) {
      try {
        return running.get(BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        if (place.isLost()) {
          letGo.run();
          awaitEnd(running);
          throw new NodeLostException(place);
        }
      } catch (ExecutionException e) {
        throw known(Objects.requireNonNullElse(e.getCause(), e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  /** Carries out a step that speaks to the node. */
  <T> T ask(Callable<T> step) throws IOException {
    try {
      return prepare(step);
    } catch (PreparationException | CancelledException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the step has noticed that its streams are closed, so that it does no more. */
  private static void awaitEnd(Future<?> step) {
    try {
      step.get(LAST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("A step on a lost node has failed or goes on, and delivers nothing", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> Future<T> begin(Callable<T> step) throws NodeLostException {
    if (place.isLost()) {
      throw new NodeLostException(place);
    }
    try {
      return parts.threads().submit(step);
    } catch (RejectedExecutionException e) {
      // The runner is closing; what it removes until then is removed here
      var task = new FutureTask<>(step);
      task.run();
      return task;
    }
  }

  private IOException known(Throwable failure) throws PreparationException, CancelledException {
    if (failure instanceof PreparationException told) {
      throw told;
    }
    if (failure instanceof CancelledException cancelled) {
      throw cancelled;
    }
    if (place.isLost()) {
      return new NodeLostException(place);
    }
    if (failure instanceof DockerEngineException gone && gone.isSilence()) {
      place.wasSilent();
    }
    if (failure instanceof RuntimeException fault) {
      throw fault;
    }
    if (failure instanceof Error fault) {
      throw fault;
    }
    return failure instanceof IOException known ? known : new IOException(failure);
  }
}
