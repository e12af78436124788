package io.github.datasphere.emulator.logs.segment;

import io.github.datasphere.emulator.job.id.JobId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Holds the logs that are in use and the ones that were used last. Every other log is only in its
 * file, so unused logs take neither memory nor file handles.
 */
final class OpenSegments {
  private static final int MOST_UNUSED = 64;

  /**
   * How many deleted logs are remembered, so that their readers can be told. Those readers are gone
   * long before as many other logs are deleted.
   */
  private static final int MOST_DELETED = 10_000;

  private final Path root;
  private final Map<JobId, Entry> used = new HashMap<>();
  private final Map<JobId, Entry> unused = new LinkedHashMap<>();
  private final Set<JobId> deleted = new LinkedHashSet<>();

  OpenSegments(Path root) {
    this.root = root;
  }

  /** Does something with the log of a job, which stays open meanwhile. */
  <T> T with(JobId job, Function<JobSegment, T> action) {
    var entry = take(job);
    try {
      return action.apply(entry.segment);
    } finally {
      giveBack(entry);
    }
  }

  /** Does the same for an action without a result. */
  void run(JobId job, Consumer<JobSegment> action) {
    var entry = take(job);
    try {
      action.accept(entry.segment);
    } finally {
      giveBack(entry);
    }
  }

  void delete(JobId job) {
    remember(job);
    run(job, JobSegment::delete);
  }

  synchronized void close() {
    used.values().forEach(entry -> entry.segment.close());
    unused.values().forEach(entry -> entry.segment.close());
  }

  private synchronized Entry take(JobId job) {
    var entry = used.computeIfAbsent(job, this::unusedOrNew);
    entry.users++;
    return entry;
  }

  private Entry unusedOrNew(JobId job) {
    var entry = unused.remove(job);
    if (entry != null) {
      return entry;
    }
    var path = root.resolve(FileNames.of(job));
    var segment = deleted.contains(job) ? JobSegment.deleted(path) : new JobSegment(path);
    return new Entry(job, segment);
  }

  private synchronized void giveBack(Entry entry) {
    entry.users--;
    if (entry.users > 0 || entry.segment.isNeeded()) {
      return;
    }
    used.remove(entry.job);
    unused.put(entry.job, entry);
    if (unused.size() > MOST_UNUSED) {
      var eldest = unused.values().iterator();
      eldest.next().segment.close();
      eldest.remove();
    }
  }

  private synchronized void remember(JobId job) {
    deleted.add(job);
    if (deleted.size() > MOST_DELETED) {
      var eldest = deleted.iterator();
      eldest.next();
      eldest.remove();
    }
  }

  private static final class Entry {
    private final JobId job;
    private final JobSegment segment;
    private int users;

    Entry(JobId job, JobSegment segment) {
      this.job = job;
      this.segment = segment;
    }
  }
}
