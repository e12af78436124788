package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationKind;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.JobStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Projects: made by hand, by configuration, or on first use (service-behaviour 7.1, 10.31). */
public final class Projects {
  /** The community of projects that were not put into another one. */
  public static final String LOCAL_COMMUNITY = "bt1localteam00000000";

  private final JobStore store;
  private final IdSource ids;
  private final Clock clock;
  private final boolean strict;

  Projects(JobStore store, IdSource ids, Clock clock, boolean strict) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.strict = strict;
  }

  /**
   * Returns the project; makes it on first use unless projects are strict.
   *
   * @throws io.github.datasphere.emulator.job.lifecycle.RejectedException NOT_FOUND if projects are
   *     strict
   */
  public Project get(ProjectId id) {
    return store.project(id).orElseGet(() -> make(id));
  }

  /** Makes a project and stores it, so that a project that one call shows is listed by another. */
  private synchronized Project make(ProjectId id) {
    if (strict) {
      throw unknown();
    }
    return store.project(id).orElseGet(() -> {
      var project = onFirstUse(id, clock.instant());
      put(project);
      return project;
    });
  }

  /**
   * Lists the projects of a community in order of their ids, from the first one after
   * {@code after}.
   */
  public List<Project> list(String communityId, String after, int limit) {
    return store.listProjects(communityId, after, limit);
  }

  /** Makes a project with a new id. */
  public Operation create(
      String communityId, String name, String description, Map<String, String> labels, Caller by) {
    var now = clock.instant();
    var project =
        new Project(ids.nextProject(), communityId, name, description, labels, now, by.subjectId());
    var operation = Operation.ofProject(
        ids.nextOperation(), OperationKind.CREATE_PROJECT, project.id(), by.subjectId(), now);
    store.commit(Changes.of(project, operation));
    return operation;
  }

  /** Stores a project under the id that it has. */
  public void put(Project project) {
    store.commit(new Changes(null, null, List.of(), List.of(project)));
  }

  static Project onFirstUse(ProjectId id, Instant now) {
    return new Project(
        id, LOCAL_COMMUNITY, id.value(), "", Map.of(), now, Caller.LOCAL.subjectId());
  }

  static RuntimeException unknown() {
    return Rejected.notFound("Project not found").asException();
  }
}
