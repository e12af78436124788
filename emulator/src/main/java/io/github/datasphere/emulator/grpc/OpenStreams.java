package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.engine.JobEngine;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The log streams that are open, so that those of a world end with it (design section 2). */
public final class OpenStreams {
  private final Map<LogStream<?>, JobEngine> streams = new ConcurrentHashMap<>();

  /** Ends every stream that reads from this engine with {@code CANCELLED}. */
  public void endAll(JobEngine engine) {
    var status =
        Status.CANCELLED.withDescription("The emulator was reset: its jobs and logs are gone");
    streams.forEach((stream, source) -> {
      if (source == engine) {
        stream.end(status);
      }
    });
  }

  /** How many are open, of whatever engine. */
  public int count() {
    return streams.size();
  }

  void start(LogStream<?> stream, JobEngine engine) {
    streams.put(stream, engine);
    stream.start(() -> streams.remove(stream));
  }
}
