package io.github.datasphere.emulator.store;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps jobs, operations, projects and claims on files. All methods may be called by several
 * threads at once, but never two changes of the same job. Failures of the medium are thrown as
 * {@link StoreException}.
 */
public interface JobStore extends AutoCloseable {
  Optional<Job> job(JobId id);

  Optional<Operation> operation(OperationId id);

  Optional<Project> project(ProjectId id);

  /** Applies all changes or none; they are durable when this returns. */
  void commit(Changes changes);

  /**
   * Lists operations in order of their ids, from the first one after {@code after} ("" for the
   * first page).
   */
  List<Operation> operations(String after, int limit);

  /** Forgets these operations. A client that still asks for one is told that there is none. */
  void prune(List<OperationId> operations);

  /** Returns a number larger than that of every earlier job, also of jobs before a restart. */
  long nextSeq();

  /** Lists jobs, newest first (service-behaviour 10.16). */
  List<Job> list(JobQuery query);

  /**
   * Lists the newest jobs of all projects, newest first, for a human to look at.
   *
   * @param beforeSeq only jobs with a smaller {@code seq}; {@link Long#MAX_VALUE} for the newest
   */
  List<StoredJob> latest(long beforeSeq, int limit);

  /**
   * Lists the projects of a community in order of their ids, from the first one after {@code after}
   * ("" for the first page).
   */
  List<Project> listProjects(String communityId, String after, int limit);

  /** Whether any job needs this file. */
  boolean isClaimed(FileKey key);

  /** Returns the earliest {@link Job#deadline()}. */
  Optional<Instant> nextDeadline();

  /** Lists jobs whose {@link Job#deadline()} is not after {@code now}, earliest first. */
  List<JobId> due(Instant now, int limit);

  /** Lists active jobs in order of {@code seq}: those that have to be reconciled after a crash. */
  List<Job> active();

  @Override
  void close();
}
