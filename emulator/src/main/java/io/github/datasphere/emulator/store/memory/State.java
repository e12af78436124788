package io.github.datasphere.emulator.store.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Operation;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.store.Changes;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that the store holds at one moment; immutable. Each tree holds the jobs in the order that one
 * kind of query needs.
 */
record State(
    Tree<Job> jobs,
    Tree<Job> jobsByStatus,
    Tree<Job> activeJobs,
    Tree<Job> jobsByDeadline,
    Tree<Claim> claims,
    Tree<Operation> operations,
    Tree<Project> projects,
    Tree<Project> projectsByCommunity) {

  static final Comparator<Job> BY_DEADLINE = comparing(State::deadlineOf).thenComparing(Job::id);

  static final State EMPTY = new State(
      Tree.by(comparing(Job::id)),
      Tree.by(comparing(Job::projectId).thenComparing(Job::status).thenComparingLong(Job::seq)),
      Tree.by(comparingLong(Job::seq)),
      Tree.by(BY_DEADLINE),
      Tree.by(Claim.ORDER),
      Tree.by(comparing(Operation::id)),
      Tree.by(comparing(Project::id)),
      Tree.by(comparing(Project::communityId).thenComparing(Project::id)));

  Optional<Job> job(JobId id) {
    return jobs.find(job -> job.id().compareTo(id));
  }

  static Instant deadlineOf(Job job) {
    return job.deadline().orElse(Instant.MAX);
  }

  State after(Changes changes) {
    var state = this;
    if (changes.remove() != null) {
      state = state.without(changes.remove());
    }
    if (changes.write() != null) {
      state = state.with(changes.write());
    }
    for (var operation : changes.operations()) {
      state = state.with(operation);
    }
    for (var project : changes.projects()) {
      state = state.with(project);
    }
    return state;
  }

  private State with(Job job) {
    var old = job(job.id());
    var kept = old.map(this::withoutOrdered).orElse(this);
    return new State(
        jobs.with(job),
        kept.jobsByStatus.with(job),
        job.status().isActive() ? kept.activeJobs.with(job) : kept.activeJobs,
        job.deadline().isPresent() ? kept.jobsByDeadline.with(job) : kept.jobsByDeadline,
        claimed(old.map(Job::claims).orElse(Set.of()), job.claims()),
        operations,
        projects,
        projectsByCommunity);
  }

  private State without(JobId id) {
    var old = job(id);
    if (old.isEmpty()) {
      return this;
    }
    var kept = withoutOrdered(old.get());
    return new State(
        jobs.without(old.get()),
        kept.jobsByStatus,
        kept.activeJobs,
        kept.jobsByDeadline,
        claimed(old.get().claims(), Set.of()),
        operations,
        projects,
        projectsByCommunity);
  }

  State without(List<OperationId> pruned) {
    var kept = operations;
    for (var id : pruned) {
      var operation = kept.find(other -> other.id().compareTo(id));
      if (operation.isPresent()) {
        kept = kept.without(operation.get());
      }
    }
    return new State(
        jobs,
        jobsByStatus,
        activeJobs,
        jobsByDeadline,
        claims,
        kept,
        projects,
        projectsByCommunity);
  }

  /** Returns the state without the job in those trees in which its place may change. */
  private State withoutOrdered(Job job) {
    return new State(
        jobs,
        jobsByStatus.without(job),
        activeJobs.without(job),
        jobsByDeadline.without(job),
        claims,
        operations,
        projects,
        projectsByCommunity);
  }

  private Tree<Claim> claimed(Set<FileKey> before, Set<FileKey> now) {
    var result = claims;
    for (var key : minus(before, now)) {
      var less = claim(result, key).plus(-1);
      result = less.jobs() == 0 ? result.without(less) : result.with(less);
    }
    for (var key : minus(now, before)) {
      result = result.with(claim(result, key).plus(1));
    }
    return result;
  }

  private static Claim claim(Tree<Claim> claims, FileKey key) {
    return claims.find(claim -> Claim.BY_KEY.compare(claim.key(), key)).orElse(Claim.none(key));
  }

  private static Set<FileKey> minus(Set<FileKey> all, Set<FileKey> some) {
    var rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private State with(Operation operation) {
    return new State(
        jobs,
        jobsByStatus,
        activeJobs,
        jobsByDeadline,
        claims,
        operations.with(operation),
        projects,
        projectsByCommunity);
  }

  private State with(Project project) {
    var old = projects.find(other -> other.id().compareTo(project.id()));
    var kept = old.map(projectsByCommunity::without).orElse(projectsByCommunity);
    return new State(
        jobs,
        jobsByStatus,
        activeJobs,
        jobsByDeadline,
        claims,
        operations,
        projects.with(project),
        kept.with(project));
  }
}
