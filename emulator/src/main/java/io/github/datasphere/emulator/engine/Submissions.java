package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.engine.commands.Deadlines;
import io.github.datasphere.emulator.engine.commands.EnginePorts;
import io.github.datasphere.emulator.engine.commands.JobObserver;
import io.github.datasphere.emulator.engine.commands.QueueMessages;
import io.github.datasphere.emulator.engine.files.FileClaims;
import io.github.datasphere.emulator.engine.files.StorageErrors;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.DataRetention;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.Execution;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.Submission;
import io.github.datasphere.emulator.job.capacity.InstanceType;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationKind;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.validation.CloneMerge;
import io.github.datasphere.emulator.job.validation.FieldViolation;
import io.github.datasphere.emulator.job.validation.JobValidator;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.JobStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a job out of a Create or a Clone, and tells which files it still needs. */
final class Submissions {
  private final JobStore store;
  private final JobObserver observer;
  private final FileStore files;
  private final FileClaims claims;
  private final Deadlines deadlines;
  private final IdSource ids;
  private final Clock clock;
  private final EngineSettings settings;
  private final QueueMessages words;

  Submissions(
      EnginePorts ports,
      FileClaims claims,
      Deadlines deadlines,
      IdSource ids,
      EngineSettings settings,
      QueueMessages words) {
    this.store = ports.store();
    this.observer = ports.observer();
    this.files = ports.files();
    this.claims = claims;
    this.deadlines = deadlines;
    this.ids = ids;
    this.clock = ports.scheduler().clock();
    this.settings = settings;
    this.words = words;
  }

  Operation create(CreateJob request, Caller caller) {
    var submission = new Submission(
        request.name(),
        request.desc(),
        request.config(),
        request.parameters(),
        clock.instant(),
        caller.subjectId(),
        null);
    var type = check(submission, request.ttl(), "job_parameters");
    return submit(request.project(), submission, type, request.ttl(), OperationKind.CREATE);
  }

  Operation clone(CloneJob request, Job source, Caller caller) {
    if (source.data().cleared()) {
      throw Rejected.precondition(
              "Job " + source.id() + " cannot be cloned: its data is cleared. Create it again.")
          .asException();
    }
    var origin = source.submission();
    var parameters = merged(origin.parameters(), request.overrides());
    var submission = new Submission(
        request.name().isEmpty() ? origin.name() : request.name(),
        request.desc().isEmpty() ? origin.desc() : request.desc(),
        origin.config(),
        parameters,
        clock.instant(),
        caller.subjectId(),
        source.id());
    var type = check(submission, request.ttl(), "job_parameters_overrides");
    var operation =
        submit(source.projectId(), submission, type, request.ttl(), OperationKind.CLONE);
    words.forked(
        Objects.requireNonNull(operation.jobId()),
        source.id(),
        CloneMerge.droppedVariables(origin.parameters(), parameters));
    return operation;
  }

  /**
   * Returns the files that the client should have put for this job and did not, one for each
   * digest.
   */
  List<JobFile> notArrived(Job job) throws IOException {
    return missing(
        job.projectId(),
        job.parameters(),
        (key, file) -> files.takeIn(job.id(), key, file.sizeBytes()));
  }

  /** Tells whether a file is stored; the store may fail to tell it. */
  @FunctionalInterface
  private interface Presence {
    boolean test(FileKey key, JobFile file) throws IOException;
  }

  /**
   * Returns the files of this job that are not stored, one for each digest (service-behaviour
   * 10.2).
   */
  private static List<JobFile> missing(
      ProjectId project, JobParameters parameters, Presence isThere) throws IOException {
    var byDigest = new LinkedHashMap<String, JobFile>();
    parameters.uploads().forEach(file -> byDigest.putIfAbsent(file.sha256(), file));
    var missing = new ArrayList<JobFile>();
    for (var file : byDigest.values()) {
      if (!isThere.test(new FileKey(project, file.sha256()), file)) {
        missing.add(file);
      }
    }
    return missing;
  }

  private static JobParameters merged(JobParameters source, JobParameters overrides) {
    var violations = new ArrayList<FieldViolation>();
    var merged = CloneMerge.merge(source, overrides, violations);
    refuse(violations);
    return merged;
  }

  private InstanceType check(Submission submission, Duration ttl, String field) {
    var parameters = submission.parameters();
    var violations = new ArrayList<>(JobValidator.validate(parameters, field));
    violations.addAll(JobValidator.validateTexts(
        submission.name(), submission.desc(), submission.config(), parameters));
    violations.addAll(JobValidator.validateTtl(ttl, "data_ttl"));
    refuse(violations);
    var names = parameters.instanceTypes();
    return settings
        .instanceTypes()
        .choose(names)
        .orElseThrow(() -> notOffered(names, field + ".cloud_instance_types").asException());
  }

  /**
   * Makes the refusal, in exactly the words that users of the real service saw (service-behaviour
   * 2.21).
   */
  private Rejected notOffered(List<String> names, String field) {
    var text =
        "Instance types " + String.join(", ", names) + " are not available for your community";
    var large = names.stream().filter(settings.instanceTypes()::isTooLarge).toList();
    var reason = large.isEmpty()
        ? ""
        : ": " + String.join(", ", large)
            + " asks for more than this machine has, which '--fit strict' refuses";
    return new Rejected(
        ErrorCode.INVALID_ARGUMENT, text, List.of(new FieldViolation(field, text + reason)));
  }

  private static void refuse(List<FieldViolation> violations) {
    if (!violations.isEmpty()) {
      throw Rejected.invalid(violations).asException();
    }
  }

  private Operation submit(
      ProjectId project,
      Submission submission,
      InstanceType type,
      Duration ttl,
      OperationKind kind) {
    var newProject = projectToMake(project, submission.createdAt());
    var job = newJob(ids.nextJob(), project, submission, type, ttl);
    try {
      var operation = claims.whileHeld(job.claims(), () -> commit(job, newProject, kind));
      job.deadline().ifPresent(deadlines::consider);
      return operation;
    } catch (IOException e) {
      throw StorageErrors.asException(e);
    }
  }

  private Operation commit(Job job, @Nullable Project newProject, OperationKind kind)
      throws IOException {
    var now = job.submission().createdAt();
    var missing = missing(job.projectId(), job.parameters(), (key, file) -> files.contains(key));
    var operation = Operation.open(ids.nextOperation(), kind, job, now)
        .ended(new OperationResult.Submitted(missing), null, now);
    var projects = newProject == null ? List.<Project>of() : List.of(newProject);
    store.commit(new Changes(job, null, List.of(operation), projects));
    observer.made(job);
    return operation;
  }

  private Job newJob(
      JobId id, ProjectId project, Submission submission, InstanceType type, Duration ttl) {
    return new Job(
        id,
        project,
        store.nextSeq(),
        submission,
        JobStatus.CREATING,
        "",
        Execution.none(type.name()),
        null,
        Collected.NOTHING,
        DataRetention.from(submission.createdAt(), ttl));
  }

  private @Nullable Project projectToMake(ProjectId id, Instant now) {
    if (store.project(id).isPresent()) {
      return null;
    }
    if (settings.strictProjects()) {
      throw Projects.unknown();
    }
    return Projects.onFirstUse(id, now);
  }
}
