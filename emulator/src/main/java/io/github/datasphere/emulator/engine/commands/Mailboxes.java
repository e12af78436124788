package io.github.datasphere.emulator.engine.commands;

import io.github.datasphere.emulator.job.id.JobId;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mailbox per job: its tasks run one after another, each on the thread that found the mailbox
 * idle. So the state of a job needs no lock, no job waits for another, and with scripted jobs all
 * consequences of a call have happened when it returns (docs/architecture.md, "Time").
 */
final class Mailboxes {
  /** A job has an entry exactly while a thread drains its mailbox. */
  private final ConcurrentHashMap<JobId, Box> boxes = new ConcurrentHashMap<>();

  private static final class Box {
    private final Thread owner = Thread.currentThread();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(2);
  }

  /** Runs the task in its turn and returns its result, or throws what the task threw. */
  <T> T call(JobId id, Supplier<T> task) {
    var box = boxes.get(id);
    if (box != null && box.owner == Thread.currentThread()) {
      // This is a callback of the job's own command, whose state is committed: the turn is still
      // ours
      return task.get();
    }
    var result = new CompletableFuture<T>();
    post(id, () -> complete(result, task));
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * Runs the task in its turn. If the mailbox is idle, that is now and on this thread; otherwise it
   * is after the other tasks.
   */
  void post(JobId id, Runnable task) {
    var fresh = new Box();
    var box = boxes.compute(id, (key, present) -> {
      var open = present == null ? fresh : present;
      open.tasks.add(task);
      return open;
    });
    if (box == fresh) {
      for (var next = take(id); next != null; next = take(id)) {
        run(id, next);
      }
    }
  }

  /** Whether no job has its turn. */
  boolean isIdle() {
    return boxes.isEmpty();
  }

  /** Takes the next task. If there is none, the mailbox is idle from this moment on. */
  private @Nullable Runnable take(JobId id) {
    var next = new Runnable[1];
    boxes.compute(id, (key, box) -> {
      next[0] = box == null ? null : box.tasks.poll();
      return next[0] == null ? null : box;
    });
    return next[0];
  }

  private static void run(JobId id, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      log().error("A command of job {} failed", id, e);
    }
  }

  private static <T> void complete(CompletableFuture<T> result, Supplier<T> task) {
    try {
      result.complete(task.get());
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(Mailboxes.class);
  }
}
