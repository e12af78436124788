package io.github.datasphere.emulator.runner.process.os;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes threads that wait for changes in a folder. One thread serves all of them; it starts with
 * the first waiter. It may miss changes (limits of the system, file systems that report none), so
 * waiters also look from time to time.
 */
public final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  private final Map<WatchKey, Semaphore> waiters = new ConcurrentHashMap<>();
  private @Nullable WatchService service;
  private boolean closed;

  /** Releases the bell at each change in the folder from now on. */
  public synchronized Watching watch(Path folder, Semaphore bell) {
    try {
      if (service == null && !closed) {
        var fresh = folder.getFileSystem().newWatchService();
        var thread = new Thread(() -> ring(fresh), "datasphere-folder-watch");
        thread.setDaemon(true);
        thread.start();
        service = fresh;
      }
      if (service != null) {
        var key = folder.register(
            service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        waiters.put(key, bell);
        return () -> {
          waiters.remove(key);
          key.cancel();
        };
      }
    } catch (IOException e) {
      LOG.info(
          "{} cannot be watched, so its changes are found a little later: {}",
          folder,
          e.getMessage());
    }
    return () -> {};
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException e) {
      LOG.debug("The watch of folders did not close well", e);
    }
  }

  private void ring(WatchService watched) {
    try {
      while (true) {
        var key = watched.take();
        key.pollEvents();
        var bell = waiters.get(key);
        if (bell != null) {
          bell.release();
        }
        key.reset();
      }
    } catch (ClosedWatchServiceException e) {
      LOG.debug("The watch of folders has ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A watch that may end. */
  @FunctionalInterface
  public interface Watching extends AutoCloseable {
    @Override
    void close();
  }
}
