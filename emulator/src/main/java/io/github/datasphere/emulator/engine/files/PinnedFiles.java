package io.github.datasphere.emulator.engine.files;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Knows which files are held for which jobs, in addition to the files that these claim. */
final class PinnedFiles {
  private final Map<JobId, Set<FileKey>> byJob = new HashMap<>();
  private final Map<FileKey, Integer> holders = new HashMap<>();

  /** Holds a file for a job; returns whether the job did not hold it before. */
  synchronized boolean add(JobId job, FileKey key) {
    boolean isNew = byJob.computeIfAbsent(job, id -> new HashSet<>()).add(key);
    if (isNew) {
      holders.merge(key, 1, Integer::sum);
    }
    return isNew;
  }

  synchronized void remove(JobId job, FileKey key) {
    var keys = byJob.getOrDefault(job, Set.of());
    if (keys.contains(key)) {
      keys.remove(key);
      holders.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
      if (keys.isEmpty()) {
        byJob.remove(job);
      }
    }
  }

  synchronized boolean contains(FileKey key) {
    return holders.containsKey(key);
  }

  synchronized List<FileKey> of(JobId job) {
    return List.copyOf(byJob.getOrDefault(job, Set.of()));
  }
}
