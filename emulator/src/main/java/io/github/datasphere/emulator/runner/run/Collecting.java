package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.runner.Attempts;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.SystemLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats the steps that store the outputs of one run. A step that fails because a storage or an
 * engine is away is tried until it succeeds, since an output that is not stored is lost with the
 * run. All of it can be broken off at once: a step that is then waiting is left alone, and what it
 * still stores is removed with the job.
 */
final class Collecting implements Attempts, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Collecting.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Time to store the logs of a job after its collecting was broken off. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  private final ExecutionBackend backend;
  private final SystemLog log;
  private final CompletableFuture<Void> brokenOff = new CompletableFuture<>();
  private final CompletableFuture<Void> overdue;
  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    var thread = new Thread(task, "datasphere-collecting");
    thread.setDaemon(true);
    return thread;
  });
  private boolean told;

  Collecting(ExecutionBackend backend, SystemLog log) {
    this.backend = backend;
    this.log = log;
    this.overdue = brokenOff.thenCompose(now -> new CompletableFuture<Void>()
        .completeOnTimeout(null, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Ends the collecting, whatever it is waiting for. */
  void breakOff() {
    brokenOff.complete(null);
  }

  void check() throws CancelledException {
    if (brokenOff.isDone()) {
      throw new CancelledException();
    }
  }

  /** Does a step, again and again while that may help. */
  <T> T insist(Attempt<T> attempt) throws IOException, CancelledException {
    var pause = FIRST_PAUSE;
    for (int tries = 1; ; tries++) {
      check();
      try {
        return await(attempt, brokenOff);
      } catch (IOException e) {
        check();
        if (!mayPass(e, tries)) {
          throw e;
        }
        tell(e);
      }
      pause(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
          ? pause.multipliedBy(2)
          : LONGEST_PAUSE;
    }
  }

  /**
   * Does a step in the same way. After all was broken off, it tries once more, for a short time.
   */
  @Override
  public <T> T make(Attempt<T> attempt) throws IOException {
    try {
      return insist(attempt);
    } catch (CancelledException e) {
      LOG.debug("Broken off; tried a last time");
    }
    try {
      return await(attempt, overdue);
    } catch (CancelledException e) {
      throw new IOException("the job was cancelled before it could be stored", e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  private boolean mayPass(IOException failure, int tries) {
    if (failure instanceof FileRejectedException) {
      return false;
    }
    return failure instanceof StorageException storage
        ? storage.reason() == StorageException.Reason.UNAVAILABLE
        : backend.mayPass(failure, tries);
  }

  private void tell(IOException failure) {
    if (!told) {
      told = true;
      // A warning, which users see at once: the job goes on for as long as nothing is done
      log.warn(
          "The outputs of the job cannot be stored now. The emulator tries again until they are;"
              + " cancel the job to give up. The reason: " + failure.getMessage());
    }
  }

  private <T> T await(Attempt<T> attempt, CompletableFuture<Void> end)
      throws IOException, CancelledException {
    var result = CompletableFuture.supplyAsync(() -> attempted(attempt), threads);
    try {
      CompletableFuture.anyOf(result, end).join();
    } catch (CompletionException e) {
      LOG.debug("It failed", e);
    }
    if (!result.isDone()) {
      throw new CancelledException();
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw failed.getCause();
      }
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw e;
    }
  }

  private static <T> T attempted(Attempt<T> attempt) {
    try {
      return attempt.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pause(Duration time) throws CancelledException {
    try {
      brokenOff.get(time.toMillis(), TimeUnit.MILLISECONDS);
      throw new CancelledException();
    } catch (TimeoutException e) {
      LOG.debug("Tried again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
