package io.github.datasphere.emulator.logs;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The waiting readers of one job's log; not safe for use by several threads. */
public final class LogWaiters {
  private final List<Waiter> waiters = new ArrayList<>(1);

  /**
   * A waiting reader. Each is distinct, even if another waits for the same record with the same
   * task.
   */
  public static final class Waiter {
    private final LogSelection selection;
    private final long index;
    private final Runnable task;

    private Waiter(LogSelection selection, long index, Runnable task) {
      this.selection = selection;
      this.index = index;
      this.task = task;
    }

    private boolean isDone(LogPosition end) {
      return index < end.index(selection);
    }
  }

  public Waiter add(LogSelection selection, long index, Runnable task) {
    var waiter = new Waiter(selection, index, task);
    waiters.add(waiter);
    return waiter;
  }

  public boolean remove(Waiter waiter) {
    return waiters.remove(waiter);
  }

  public boolean isEmpty() {
    return waiters.isEmpty();
  }

  /** Takes out the tasks for which there is a record now; the caller runs them outside its lock. */
  public List<Runnable> takeReadable(LogPosition end) {
    if (waiters.isEmpty()) {
      return List.of();
    }
    var tasks = new ArrayList<Runnable>();
    for (Iterator<Waiter> it = waiters.iterator(); it.hasNext(); ) {
      var waiter = it.next();
      if (waiter.isDone(end)) {
        it.remove();
        tasks.add(waiter.task);
      }
    }
    return tasks;
  }

  /** Takes out all tasks, since no record will follow. */
  public List<Runnable> takeAll() {
    var tasks = waiters.stream().map(waiter -> waiter.task).toList();
    waiters.clear();
    return tasks;
  }
}
