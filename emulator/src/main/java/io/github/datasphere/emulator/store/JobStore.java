package io.github.datasphere.emulator.store;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Operation;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps jobs, operations, projects and claims on files. All methods may be called from several
 * threads at once; two changes of the same job never are. Failures of the medium are thrown as
 * {@link StoreException}.
 */
public interface JobStore extends AutoCloseable {
  Optional<Job> job(JobId id);

  Optional<Operation> operation(OperationId id);

  Optional<Project> project(ProjectId id);

  /** Applies all of the changes or none; they are durable when this returns. */
  void commit(Changes changes);

  /** Operations in order of their ids, those after {@code after} ("" for the first page). */
  List<Operation> operations(String after, int limit);

  /** Forgets these operations. Whoever still asks for one is told that there is none. */
  void prune(List<OperationId> operations);

  /** A number larger than that of every job before, also of those before a restart. */
  long nextSeq();

  /** Newest first (service-behaviour 10.16). */
  List<Job> list(JobQuery query);

  /** The newest jobs of all projects, newest first; for a look by a human. */
  List<Job> latest(int limit);

  /** Projects of a community, by id, those after {@code after} ("" for the first page). */
  List<Project> listProjects(String communityId, String after, int limit);

  /** Whether any job needs this file. */
  boolean isClaimed(FileKey key);

  /** The earliest {@link Job#deadline()}. */
  Optional<Instant> nextDeadline();

  /** Jobs whose {@link Job#deadline()} is not after {@code now}, earliest first. */
  List<JobId> due(Instant now, int limit);

  /** Jobs that are active: what has to be reconciled after a crash. In order of {@code seq}. */
  List<Job> active();

  @Override
  void close();
}
