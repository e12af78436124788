package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.JobQuery;
import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.StoreException;
import io.github.datasphere.emulator.store.StoredJob;
import io.github.datasphere.emulator.store.memory.MemoryJobStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps in memory, and remembers every state that a job has been in and every end of an operation.
 */
final class HistoryStore implements JobStore {
  final Map<JobId, List<JobStatus>> histories = new ConcurrentHashMap<>();
  final Map<OperationId, Integer> ends = new ConcurrentHashMap<>();
  private final MemoryJobStore store = new MemoryJobStore();

  /** Whether it takes nothing, as on a full disk. */
  volatile boolean full;

  @Override
  public synchronized void commit(Changes changes) {
    if (full) {
      throw new StoreException("the disk is full");
    }
    store.commit(changes);
    if (changes.write() != null) {
      var history = histories.computeIfAbsent(changes.write().id(), id -> new ArrayList<>());
      var status = changes.write().status();
      if (history.isEmpty() || history.get(history.size() - 1) != status) {
        history.add(status);
      }
    }
    for (var operation : changes.operations()) {
      ends.merge(operation.id(), operation.isDone() ? 1 : 0, Integer::sum);
    }
  }

  @Override
  public Optional<Job> job(JobId id) {
    return store.job(id);
  }

  @Override
  public Optional<Operation> operation(OperationId id) {
    return store.operation(id);
  }

  @Override
  public Optional<Project> project(ProjectId id) {
    return store.project(id);
  }

  @Override
  public List<Operation> operations(String after, int limit) {
    return store.operations(after, limit);
  }

  @Override
  public void prune(List<OperationId> operations) {
    store.prune(operations);
  }

  @Override
  public long nextSeq() {
    return store.nextSeq();
  }

  @Override
  public List<Job> list(JobQuery query) {
    return store.list(query);
  }

  @Override
  public List<StoredJob> latest(long beforeSeq, int limit) {
    return store.latest(beforeSeq, limit);
  }

  @Override
  public List<Project> listProjects(String communityId, String after, int limit) {
    return store.listProjects(communityId, after, limit);
  }

  @Override
  public boolean isClaimed(FileKey key) {
    return store.isClaimed(key);
  }

  @Override
  public Optional<Instant> nextDeadline() {
    return store.nextDeadline();
  }

  @Override
  public List<JobId> due(Instant now, int limit) {
    return store.due(now, limit);
  }

  @Override
  public List<Job> active() {
    return store.active();
  }

  @Override
  public void close() {
    store.close();
  }
}
