package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.engine.JobEngine;
import io.grpc.Status;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** The log streams that are open, so that those of a world end with it (docs/architecture.md). */
public final class OpenStreams {
  private final Map<LogStream<?>, JobEngine> streams = new ConcurrentHashMap<>();

  /**
   * Engines that have ended: a call may get its engine just before a reset and open its stream just
   * after.
   */
  private final Set<JobEngine> ended =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Ends every stream that reads from this engine with {@code CANCELLED}. */
  public void endAll(JobEngine engine) {
    ended.add(engine);
    streams.forEach((stream, source) -> {
      if (source == engine) {
        stream.end(reset());
      }
    });
  }

  /** Returns how many streams are open, of whatever engine. */
  public int count() {
    return streams.size();
  }

  void start(LogStream<?> stream, JobEngine engine) {
    streams.put(stream, engine);
    if (ended.contains(engine)) {
      stream.end(reset());
    }
    stream.start(() -> streams.remove(stream));
  }

  private static Status reset() {
    return Status.CANCELLED.withDescription("The emulator was reset: its jobs and logs are gone");
  }
}
