package io.github.datasphere.emulator.store.memory;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Operation;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.JobQuery;
import io.github.datasphere.emulator.store.JobStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps everything in memory; readers never wait, and a snapshot costs nothing. */
public final class MemoryJobStore implements JobStore {
  private volatile State state;
  private final AtomicLong lastSeq;

  public MemoryJobStore() {
    this(Snapshot.EMPTY);
  }

  /** Begins with what another store held when the snapshot was taken. */
  public MemoryJobStore(Snapshot start) {
    this.state = start.state;
    this.lastSeq = new AtomicLong(start.lastSeq);
  }

  /** Returns what this store holds now; later changes do not change it. */
  public Snapshot snapshot() {
    var now = state;
    return new Snapshot(now, lastSeq.get());
  }

  @Override
  public Optional<Job> job(JobId id) {
    return state.job(id);
  }

  @Override
  public Optional<Operation> operation(OperationId id) {
    return state.operations().find(operation -> operation.id().compareTo(id));
  }

  @Override
  public Optional<Project> project(ProjectId id) {
    return state.projects().find(project -> project.id().compareTo(id));
  }

  /** Commits one at a time: if two raced, the loser would repeat the work of a large decision. */
  @Override
  public synchronized void commit(Changes changes) {
    state = state.after(changes);
  }

  @Override
  public List<Operation> operations(String after, int limit) {
    var operations = state.operations();
    var page = new ArrayList<Operation>();
    var next = operations.firstAfter(operation -> operation.id().value().compareTo(after));
    while (page.size() < limit && next.isPresent()) {
      var last = next.get().id();
      page.add(next.get());
      next = operations.firstAfter(operation -> operation.id().compareTo(last));
    }
    return page;
  }

  @Override
  public synchronized void prune(List<OperationId> operations) {
    state = state.without(operations);
  }

  @Override
  public long nextSeq() {
    return lastSeq.incrementAndGet();
  }

  @Override
  public List<Job> list(JobQuery query) {
    var jobs = state.jobsByStatus();
    var heads = new PriorityQueue<>(Comparator.comparingLong(Job::seq).reversed());
    var statuses = query.statuses().isEmpty() ? EnumSet.allOf(JobStatus.class) : query.statuses();
    for (var status : statuses) {
      before(jobs, query.project(), status, query.beforeSeq()).ifPresent(heads::add);
    }
    var page = new ArrayList<Job>();
    while (page.size() < query.limit() && !heads.isEmpty()) {
      var newest = heads.remove();
      page.add(newest);
      before(jobs, query.project(), newest.status(), newest.seq()).ifPresent(heads::add);
    }
    return page;
  }

  @Override
  public List<Job> latest(int limit) {
    var newest = new PriorityQueue<>(Comparator.comparingLong(Job::seq));
    for (var job : state.jobs().toList()) {
      newest.add(job);
      if (newest.size() > limit) {
        newest.remove();
      }
    }
    return newest.stream().sorted(Comparator.comparingLong(Job::seq).reversed()).toList();
  }

  private static Optional<Job> before(
      Tree<Job> jobs, ProjectId project, JobStatus status, long seq) {
    return jobs.lastBefore(job -> place(job, project, status, seq))
        .filter(job -> job.status() == status && job.projectId().equals(project));
  }

  private static int place(Job job, ProjectId project, JobStatus status, long seq) {
    int byProject = job.projectId().compareTo(project);
    if (byProject != 0) {
      return byProject;
    }
    int byStatus = job.status().compareTo(status);
    return byStatus != 0 ? byStatus : Long.compare(job.seq(), seq);
  }

  @Override
  public List<Project> listProjects(String communityId, String after, int limit) {
    var projects = state.projectsByCommunity();
    var page = new ArrayList<Project>();
    var next = nextProject(projects, communityId, after);
    while (page.size() < limit && next.isPresent()) {
      page.add(next.get());
      next = nextProject(projects, communityId, next.get().id().value());
    }
    return page;
  }

  private static Optional<Project> nextProject(
      Tree<Project> projects, String communityId, String after) {
    return projects
        .firstAfter(project -> {
          int place = project.communityId().compareTo(communityId);
          return place != 0 ? place : project.id().value().compareTo(after);
        })
        .filter(project -> project.communityId().equals(communityId));
  }

  @Override
  public boolean isClaimed(FileKey key) {
    return state.claims().find(claim -> Claim.BY_KEY.compare(claim.key(), key)).isPresent();
  }

  @Override
  public Optional<Instant> nextDeadline() {
    return state.jobsByDeadline().first().flatMap(Job::deadline);
  }

  @Override
  public List<JobId> due(Instant now, int limit) {
    var jobs = state.jobsByDeadline();
    var due = new ArrayList<JobId>();
    var next = jobs.first();
    while (due.size() < limit
        && next.isPresent()
        && !State.deadlineOf(next.get()).isAfter(now)) {
      var job = next.get();
      due.add(job.id());
      next = jobs.firstAfter(other -> State.BY_DEADLINE.compare(other, job));
    }
    return due;
  }

  @Override
  public List<Job> active() {
    return state.activeJobs().toList();
  }

  @Override
  public void close() {
    // There is nothing to close: all is in memory.
  }

  /** All that a store held at one moment. */
  public static final class Snapshot {
    /** A snapshot of an empty store. */
    public static final Snapshot EMPTY = new Snapshot(State.EMPTY, 0);

    private final State state;
    private final long lastSeq;

    private Snapshot(State state, long lastSeq) {
      this.state = state;
      this.lastSeq = lastSeq;
    }
  }
}
