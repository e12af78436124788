package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.session.SessionJson;
import io.github.datasphere.emulator.testing.RecordingSwitch;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Tells browsers and programs which jobs change, as it happens. */
final class JobChanges implements RecordingSwitch.Listener {
  /** If more jobs change at once, a client is told to read the whole list again. */
  private static final int MOST_JOBS = 200;

  private final Supplier<String> world;
  private final EventStreams streams;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  JobChanges(Supplier<String> world, EventStreams streams) {
    this.streams = streams;
    this.world = world;
  }

  @Override
  public void worldChanged() {
    streams.wakeAll();
  }

  @Override
  public void jobChanged(JobId job) {
    listeners.forEach(listener -> listener.add(job.value()));
  }

  void answer(Request request) throws IOException {
    request.allowOnly(Set.of());
    var seen = world.get();
    try (var stream = streams.open(request.exchange())) {
      var listener = new Listener(stream);
      listeners.add(listener);
      try {
        stream.send("world", "0", data("", seen));
        while (true) {
          stream.await();
          var now = world.get();
          if (!now.equals(seen)) {
            seen = now;
            stream.send("world", "0", data("", now));
          }
          for (var job : listener.take()) {
            stream.send("job", "0", data(job, now));
          }
        }
      } finally {
        listeners.remove(listener);
      }
    }
  }

  private static String data(String job, String world) {
    return SessionJson.write(Map.of("jobId", job, "world", world));
  }

  /** What one client has to be told. */
  private static final class Listener {
    private final EventStream stream;
    private final Set<String> jobs = new LinkedHashSet<>();

    Listener(EventStream stream) {
      this.stream = stream;
    }

    synchronized void add(String job) {
      if (jobs.size() < MOST_JOBS) {
        jobs.add(job);
      } else {
        jobs.clear();
        jobs.add("");
      }
      stream.wake();
    }

    synchronized List<String> take() {
      var taken = List.copyOf(jobs);
      jobs.clear();
      return taken;
    }
  }
}
