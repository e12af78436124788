package io.github.datasphere.emulator.time;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which threads run code of a test's author, such as a script. */
public final class Callbacks {
  private final Set<Thread> inside = ConcurrentHashMap.newKeySet();

  /** Calls code of a test's author. */
  public <T, X extends Exception> T call(Scheduler.Callback<T, X> code) throws X {
    var isOutermost = inside.add(Thread.currentThread());
    try {
      return code.call();
    } finally {
      if (isOutermost) {
        inside.remove(Thread.currentThread());
      }
    }
  }

  /** Whether the current thread is one of them. */
  public boolean isInside() {
    return inside.contains(Thread.currentThread());
  }
}
