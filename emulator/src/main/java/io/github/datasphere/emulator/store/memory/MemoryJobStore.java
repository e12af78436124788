package io.github.datasphere.emulator.store.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

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
import io.github.datasphere.emulator.store.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything in memory, in one map for each kind of query. Each call holds the store's lock
 * for some microseconds.
 */
public final class MemoryJobStore implements JobStore {
  private final Map<JobId, Job> jobs = new HashMap<>();
  private final NavigableMap<Long, Job> jobsBySeq = new TreeMap<>();
  private final Map<Group, NavigableMap<Long, Job>> jobsByStatus = new HashMap<>();
  private final NavigableMap<Long, Job> activeJobs = new TreeMap<>();
  private final TreeSet<Deadline> deadlines =
      new TreeSet<>(comparing(Deadline::at).thenComparing(Deadline::job));
  private final Map<FileKey, Integer> claims = new HashMap<>();
  private final NavigableMap<String, Operation> operations = new TreeMap<>();
  private final NavigableMap<String, Project> projects = new TreeMap<>();
  private long lastSeq;

  /** The jobs of a project that are in one state. */
  private record Group(ProjectId project, JobStatus status) {}

  /** The deadline of a job. */
  private record Deadline(Instant at, JobId job) {}

  /** All that a store held at one moment. */
  public record Snapshot(
      List<Job> jobs, List<Operation> operations, List<Project> projects, long lastSeq) {
    /** A snapshot of an empty store. */
    public static final Snapshot EMPTY = new Snapshot(List.of(), List.of(), List.of(), 0);

    public Snapshot {
      jobs = List.copyOf(jobs);
      operations = List.copyOf(operations);
      projects = List.copyOf(projects);
    }
  }

  public MemoryJobStore() {
    this(Snapshot.EMPTY);
  }

  /** Begins with what another store held when the snapshot was taken. */
  public MemoryJobStore(Snapshot start) {
    start.jobs.forEach(this::write);
    start.operations.forEach(this::write);
    start.projects.forEach(this::write);
    lastSeq = start.lastSeq;
  }

  /** Returns what this store holds now; later changes do not change it. */
  public synchronized Snapshot snapshot() {
    return new Snapshot(
        List.copyOf(jobs.values()),
        List.copyOf(operations.values()),
        List.copyOf(projects.values()),
        lastSeq);
  }

  @Override
  public synchronized Optional<Job> job(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public synchronized Optional<Operation> operation(OperationId id) {
    return Optional.ofNullable(operations.get(id.value()));
  }

  @Override
  public synchronized Optional<Project> project(ProjectId id) {
    return Optional.ofNullable(projects.get(id.value()));
  }

  @Override
  public synchronized void commit(Changes changes) {
    if (changes.remove() != null) {
      remove(jobs.get(changes.remove()));
    }
    if (changes.write() != null) {
      write(changes.write());
    }
    changes.operations().forEach(this::write);
    changes.projects().forEach(this::write);
  }

  private void write(Operation operation) {
    operations.put(operation.id().value(), operation);
  }

  private void write(Project project) {
    projects.put(project.id().value(), project);
  }

  private void write(Job job) {
    remove(jobs.get(job.id()));
    jobs.put(job.id(), job);
    jobsBySeq.put(job.seq(), job);
    jobsByStatus.computeIfAbsent(groupOf(job), any -> new TreeMap<>()).put(job.seq(), job);
    if (job.status().isActive()) {
      activeJobs.put(job.seq(), job);
    }
    job.deadline().ifPresent(at -> deadlines.add(new Deadline(at, job.id())));
    job.claims().forEach(key -> claims.merge(key, 1, Integer::sum));
  }

  private void remove(@Nullable Job job) {
    if (job == null) {
      return;
    }
    jobs.remove(job.id());
    jobsBySeq.remove(job.seq());
    jobsByStatus.computeIfPresent(groupOf(job), (group, members) -> {
      members.remove(job.seq());
      return members.isEmpty() ? null : members;
    });
    activeJobs.remove(job.seq());
    job.deadline().ifPresent(at -> deadlines.remove(new Deadline(at, job.id())));
    job.claims()
        .forEach(key -> claims.computeIfPresent(key, (any, count) -> count > 1 ? count - 1 : null));
  }

  private static Group groupOf(Job job) {
    return new Group(job.projectId(), job.status());
  }

  @Override
  public synchronized List<Operation> operations(String after, int limit) {
    return operations.tailMap(after, false).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized void prune(List<OperationId> pruned) {
    pruned.forEach(id -> operations.remove(id.value()));
  }

  @Override
  public synchronized long nextSeq() {
    return ++lastSeq;
  }

  @Override
  public synchronized List<Job> list(JobQuery query) {
    var heads = new PriorityQueue<>(comparingLong(Job::seq).reversed());
    var statuses = query.statuses().isEmpty() ? EnumSet.allOf(JobStatus.class) : query.statuses();
    for (var status : statuses) {
      before(new Group(query.project(), status), query.beforeSeq()).ifPresent(heads::add);
    }
    var page = new ArrayList<Job>();
    while (page.size() < query.limit() && !heads.isEmpty()) {
      var newest = heads.remove();
      page.add(newest);
      before(groupOf(newest), newest.seq()).ifPresent(heads::add);
    }
    return page;
  }

  private Optional<Job> before(Group group, long seq) {
    return Optional.ofNullable(jobsByStatus.get(group))
        .map(members -> members.lowerEntry(seq))
        .map(Map.Entry::getValue);
  }

  @Override
  public synchronized List<StoredJob> latest(long beforeSeq, int limit) {
    return jobsBySeq.headMap(beforeSeq, false).descendingMap().values().stream()
        .limit(limit)
        .<StoredJob>map(InMemory::new)
        .toList();
  }

  private record InMemory(Job job) implements StoredJob {
    @Override
    public long seq() {
      return job.seq();
    }

    @Override
    public JobStatus status() {
      return job.status();
    }

    @Override
    public boolean mayHold(Predicate<byte[]> bytes) {
      return true;
    }
  }

  @Override
  public synchronized List<Project> listProjects(String communityId, String after, int limit) {
    return projects.tailMap(after, false).values().stream()
        .filter(project -> project.communityId().equals(communityId))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized boolean isClaimed(FileKey key) {
    return claims.containsKey(key);
  }

  @Override
  public synchronized Optional<Instant> nextDeadline() {
    return deadlines.isEmpty()
        ? Optional.empty()
        : Optional.of(deadlines.first().at());
  }

  @Override
  public synchronized List<JobId> due(Instant now, int limit) {
    return deadlines.stream()
        .takeWhile(deadline -> !deadline.at().isAfter(now))
        .limit(limit)
        .map(Deadline::job)
        .toList();
  }

  @Override
  public synchronized List<Job> active() {
    return List.copyOf(activeJobs.values());
  }

  @Override
  public void close() {
    // There is nothing to close: all is in memory.
  }
}
