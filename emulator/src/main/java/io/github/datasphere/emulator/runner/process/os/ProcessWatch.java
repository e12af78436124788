package io.github.datasphere.emulator.runner.process.os;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the processes of all running jobs once a second; sleeps while no job runs. */
public final class ProcessWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessWatch.class);
  private static final long SECOND = 1;

  private final ScheduledThreadPoolExecutor timer;
  private final Set<Consumer<ProcessTable>> listeners = ConcurrentHashMap.newKeySet();
  private @Nullable ScheduledFuture<?> beat;

  public ProcessWatch(ScheduledThreadPoolExecutor timer) {
    this.timer = timer;
  }

  public synchronized void add(Consumer<ProcessTable> listener) {
    listeners.add(listener);
    if (beat == null && !timer.isShutdown()) {
      beat = timer.scheduleAtFixedRate(this::beat, 0, SECOND, TimeUnit.SECONDS);
    }
  }

  public synchronized void remove(Consumer<ProcessTable> listener) {
    listeners.remove(listener);
    if (listeners.isEmpty() && beat != null) {
      beat.cancel(false);
      beat = null;
    }
  }

  private void beat() {
    var table = ProcessTable.read();
    for (var listener : listeners) {
      try {
        listener.accept(table);
      } catch (RuntimeException e) {
        LOG.warn("The state of a job could not be read", e);
      }
    }
  }
}
