package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.JobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds and removes what no client needs any more: jobs whose data are cleared, with their
 * operations; operations of deleted jobs; files and logs that belong to no job. Only this class
 * removes operations (docs/storage.md), and a client that still polls one would do so for ever. So
 * no server may use these stores meanwhile.
 */
public final class Prune {
  private static final int PAGE = 500;

  private final JobStore store;
  private final FileStore files;
  private final JobLog logs;

  /**
   * What can be removed.
   *
   * @param bytes size of the files
   */
  public record Found(
      Set<JobId> jobs,
      List<OperationId> operations,
      List<FileKey> files,
      long bytes,
      List<JobId> logs) {}

  public Prune(JobStore store, FileStore files, JobLog logs) {
    this.store = store;
    this.files = files;
    this.logs = logs;
  }

  /**
   * Looks and changes nothing.
   *
   * @throws IOException if the files cannot be listed
   */
  public Found look() throws IOException {
    var jobs = new HashSet<JobId>();
    var operations = new ArrayList<OperationId>();
    forEachOperation(operation -> {
      if (isOver(operation)) {
        operations.add(operation.id());
        if (operation.jobId() != null && store.job(operation.jobId()).isPresent()) {
          jobs.add(operation.jobId());
        }
      }
    });
    var unclaimed = new ArrayList<FileKey>();
    long bytes = 0;
    try (var all = files.list()) {
      for (var key : (Iterable<FileKey>) all::iterator) {
        if (!store.isClaimed(key)) {
          unclaimed.add(key);
          bytes += files.size(key).orElse(0);
        }
      }
    }
    return new Found(
        jobs,
        operations,
        unclaimed,
        bytes,
        logs.list().stream().filter(this::isGone).toList());
  }

  /**
   * Removes what was found.
   *
   * @throws IOException if a file cannot be deleted; earlier removals stay in effect
   */
  public void remove(Found found) throws IOException {
    found.logs().forEach(logs::delete);
    for (var key : found.files()) {
      files.delete(key);
    }
    for (var job : found.jobs()) {
      store.commit(new Changes(null, job, List.of(), List.of()));
    }
    var operations = found.operations();
    for (int from = 0; from < operations.size(); from += PAGE) {
      store.prune(operations.subList(from, Math.min(from + PAGE, operations.size())));
    }
  }

  private void forEachOperation(Consumer<Operation> action) {
    for (var page = store.operations("", PAGE); !page.isEmpty(); ) {
      page.forEach(action);
      page = store.operations(page.get(page.size() - 1).id().value(), PAGE);
    }
  }

  private boolean isOver(Operation operation) {
    return operation.isDone() && (operation.jobId() == null || isGone(operation.jobId()));
  }

  private boolean isGone(JobId id) {
    return store.job(id).map(job -> job.data().cleared()).orElse(true);
  }
}
