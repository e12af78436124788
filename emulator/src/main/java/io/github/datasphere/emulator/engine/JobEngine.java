package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.engine.commands.Deadlines;
import io.github.datasphere.emulator.engine.commands.Effects;
import io.github.datasphere.emulator.engine.commands.EnginePorts;
import io.github.datasphere.emulator.engine.commands.JobCommandProcessor;
import io.github.datasphere.emulator.engine.commands.JobObserver;
import io.github.datasphere.emulator.engine.commands.QueueMessages;
import io.github.datasphere.emulator.engine.commands.RunQueue;
import io.github.datasphere.emulator.engine.commands.RunnerInbox;
import io.github.datasphere.emulator.engine.commands.StoreOutage;
import io.github.datasphere.emulator.engine.files.Download;
import io.github.datasphere.emulator.engine.files.FileClaims;
import io.github.datasphere.emulator.engine.files.FileTraffic;
import io.github.datasphere.emulator.engine.files.FinishedRuns;
import io.github.datasphere.emulator.engine.files.StorageErrors;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.JobCommand;
import io.github.datasphere.emulator.job.lifecycle.JobLifecycle;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationKind;
import io.github.datasphere.emulator.job.validation.JobValidator;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerFactory;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.JobQuery;
import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.StoredJob;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The service behind its protocols: commands go through the job's mailbox, reads straight to the
 * store. Every method may be called from any thread. A mistake of the caller is thrown as
 * {@link io.github.datasphere.emulator.job.lifecycle.RejectedException}.
 */
public final class JobEngine implements FileTraffic, AutoCloseable {
  private static final int MOST_NAMED = 20;

  private final JobStore store;
  private final JobObserver observer;
  private final JobLog logs;
  private final IdSource ids;
  private final Deadlines deadlines;
  private final JobRunner runner;
  private final RunQueue queue;
  private final JobCommandProcessor commands;
  private final Submissions submissions;
  private final FileTransfers transfers;
  private final Cleanup cleanup;
  private final Projects projects;
  private final Links links;

  /** Makes the engine; nothing runs until {@link #start}. */
  public JobEngine(
      EnginePorts ports, RunnerFactory runners, IdSource ids, EngineSettings settings) {
    var clock = ports.scheduler().clock();
    this.store = ports.store();
    this.observer = ports.observer();
    this.logs = ports.logs();
    this.ids = ids;
    var lifecycle = new JobLifecycle(settings.forgiveMissingOutputs());
    var outage = new StoreOutage();
    this.deadlines = new Deadlines(ports.scheduler(), store, this::onDeadline, outage);
    var claims = new FileClaims(store, ports.files());
    var finished = new FinishedRuns(ports.files());
    var inbox = new RunnerInbox(this::commands, claims, finished, ports.scheduler(), outage);
    var words = new QueueMessages(logs, clock);
    this.submissions = new Submissions(ports, claims, deadlines, ids, settings, words);
    this.transfers = new FileTransfers(store, ports.files(), claims);
    this.projects = new Projects(store, ids, clock, settings.strictProjects());
    this.links = new Links(ports.files(), clock, settings);
    this.runner = runners.create(inbox);
    try {
      this.queue = new RunQueue(
          settings.budget(), settings.quota(), settings.demandOf(), runner::run, words::waits);
      var effects = new Effects(runner, queue, logs, claims, inbox);
      this.commands = new JobCommandProcessor(lifecycle, ports, deadlines, effects, outage);
      this.cleanup = new Cleanup(commands, ports, claims);
    } catch (RuntimeException | Error e) {
      // Without this the runner's threads would go on
      runner.close();
      throw e;
    }
  }

  private JobCommandProcessor commands() {
    return commands;
  }

  /**
   * Goes on with the jobs that an earlier run left open, then starts the timers
   * (docs/architecture.md, reconcile).
   */
  public void start() {
    var active = store.active();
    var open = new HashSet<JobId>();
    active.forEach(job -> open.add(job.id()));
    runner.sweep(open::contains);
    active.forEach(commands::reconcile);
    deadlines.start();
  }

  /**
   * Deletes stored files that no job claims and logs that belong to no job: a crash between commit
   * and unlink, or between storing and claiming, has left them. The time that it takes grows with
   * the store; the engine may work meanwhile.
   */
  public void dropLeftovers() {
    cleanup.dropUnclaimedFiles();
    cleanup.dropOrphanedLogs();
  }

  /** Whether no command is in progress at this moment. */
  public boolean isIdle() {
    return commands.isIdle();
  }

  /** Create (service-behaviour section 2); the operation is done (10.1). */
  public Operation create(CreateJob request, Caller caller) {
    return submissions.create(request, caller);
  }

  /** Clone (service-behaviour 6.8, 6.9). */
  public Operation cloneJob(CloneJob request, Caller caller) {
    return submissions.clone(request, job(request.source()), caller);
  }

  /**
   * Takes in a job that was made elsewhere, in whatever state it is, and goes on with it as after a
   * restart.
   *
   * @param operations the operations of this job
   */
  public void adopt(Job job, List<Operation> operations) {
    projects.get(job.projectId());
    store.commit(new Changes(job, null, operations, List.of()));
    observer.made(job);
    job.deadline().ifPresent(deadlines::consider);
    commands.reconcile(job);
  }

  /**
   * Execute: returns the one operation of this job, whatever its state (service-behaviour 3.3). If
   * the operation begins with this call, it is not done yet, however short the job is. On the
   * service it never is, so a client that does not wait would fail only there.
   */
  public OperationView execute(JobId id) {
    try {
      return commands.call(id, this::execution, this::executionOf);
    } finally {
      queue.forget(id);
    }
  }

  private OperationView executionOf(Job job) {
    var operation = job.execution().operation();
    if (operation == null) {
      throw new IllegalStateException(
          "job " + job.id() + " is " + job.status() + " without operation");
    }
    return new OperationView(operation(operation), job);
  }

  /**
   * Sets how many jobs may be active before Execute fails (service-behaviour 3.17). Jobs that are
   * active already stay active.
   *
   * @param jobs {@link EngineSettings#NO_QUOTA} for any number
   * @throws IllegalArgumentException if it is less than 1
   */
  public void limitTo(int jobs) {
    if (jobs < 1) {
      throw CallSites.inAuthorsCode(
          new IllegalArgumentException("a quota lets at least 1 job be active, not " + jobs));
    }
    queue.limitTo(jobs);
  }

  /** Returns how many jobs may be active. */
  public int quota() {
    return queue.quota();
  }

  /** Cancel; its consequences follow within moments (service-behaviour 6.2). */
  public void cancel(JobId id, boolean graceful) {
    commands.call(id, job -> new JobCommand.Cancel(graceful));
  }

  /**
   * Cancels the job of an Execute; other operations are done anyway (service-behaviour 10.36). The
   * consequences follow within moments, as with {@link #cancel}.
   */
  public OperationView cancelOperation(OperationId id) {
    var operation = operation(id);
    if (operation.kind() == OperationKind.EXECUTE
        && operation.jobId() != null
        && !operation.isDone()) {
      return commands.call(
          operation.jobId(),
          job -> new JobCommand.Cancel(false),
          job -> new OperationView(operation(id), job));
    }
    return new OperationView(operation, jobOf(operation));
  }

  /** Delete (service-behaviour 10.18). */
  public Operation delete(JobId id) {
    var operation = ids.nextOperation();
    commands.call(id, job -> new JobCommand.Delete(operation));
    return operation(operation);
  }

  /** DeleteData (service-behaviour 10.19). */
  public Operation deleteData(JobId id) {
    var operation = ids.nextOperation();
    commands.call(id, job -> new JobCommand.ClearData(operation));
    return operation(operation);
  }

  /** DeleteAllData (service-behaviour 10.20). */
  public Operation deleteAllData(ProjectId project, Caller caller) {
    projects.get(project);
    return cleanup.clearProject(project, ids.nextOperation(), caller);
  }

  /**
   * SetDataTtl (service-behaviour 6.6).
   *
   * @param ttl null for ever
   */
  public void setDataTtl(JobId id, @Nullable Duration ttl) {
    var violations = JobValidator.validateTtl(ttl, "ttl");
    if (!violations.isEmpty()) {
      throw Rejected.invalid(violations).asException();
    }
    commands.call(id, job -> new JobCommand.SetDataTtl(ttl));
  }

  /** Get; NOT_FOUND for any unknown id (service-behaviour 6.1). */
  public Job job(JobId id) {
    return store.job(id).orElseThrow(JobCommandProcessor::unknownJob);
  }

  /**
   * Lists the jobs of a project, newest first (service-behaviour 10.16).
   *
   * @param statuses only jobs in these states; empty for all
   * @param beforeSeq only jobs with a smaller {@code seq}; {@link Long#MAX_VALUE} for the newest
   */
  public List<Job> list(ProjectId project, Set<JobStatus> statuses, long beforeSeq, int limit) {
    return store.list(new JobQuery(project, statuses, beforeSeq, limit));
  }

  /** Lists the newest jobs of all projects, newest first. */
  public List<Job> latest(int limit) {
    return latest(Long.MAX_VALUE, limit);
  }

  /** Lists the newest jobs of all projects with a smaller {@code seq}, newest first. */
  public List<Job> latest(long beforeSeq, int limit) {
    return store.latest(beforeSeq, limit).stream().map(StoredJob::job).toList();
  }

  /** Looks at the newest jobs of all projects with a smaller {@code seq}. */
  public JobSearch.Found find(JobSearch search, long beforeSeq, int size, int mostSeen) {
    return search.in(store, beforeSeq, size, mostSeen);
  }

  /** Returns an operation; NOT_FOUND if it is unknown (service-behaviour 10.34). */
  public Operation operation(OperationId id) {
    return store
        .operation(id)
        .orElseThrow(() -> Rejected.notFound("Operation not found").asException());
  }

  /** Returns the job of an operation as it is now; if it was deleted, as it was at its end. */
  public @Nullable Job jobOf(Operation operation) {
    var id = operation.jobId();
    return id == null ? null : store.job(id).orElse(operation.finalJob());
  }

  public Projects projects() {
    return projects;
  }

  public Links links() {
    return links;
  }

  /**
   * Begins to read all that a job logs.
   *
   * @param offset see {@link LogReader}
   * @throws io.github.datasphere.emulator.job.lifecycle.RejectedException NOT_FOUND if there is no
   *     such job
   */
  public LogReader readLogs(JobId id, long offset) {
    return LogReader.of(logs, withLog(id), LogSelection.ALL, offset);
  }

  /**
   * Begins to read stdout and stderr alone, which are counted separately (service-behaviour 10.15).
   */
  public LogReader readStdLogs(JobId id, long offset) {
    return LogReader.of(logs, withLog(id), LogSelection.STANDARD_STREAMS, offset);
  }

  /**
   * Returns how many records the log of a job has.
   *
   * @throws io.github.datasphere.emulator.job.lifecycle.RejectedException NOT_FOUND if there is no
   *     such job
   */
  public long logEnd(JobId id) {
    return logs.end(withLog(id).id(), LogSelection.ALL);
  }

  private Job withLog(JobId id) {
    var job = job(id);
    if (job.status().isTerminal() || job.data().cleared()) {
      // After a restart the log itself does not know that no record will follow
      logs.end(id);
    }
    return job;
  }

  @Override
  public void acceptUpload(FileGrant grant, InputStream content) throws IOException {
    transfers.acceptUpload(grant, content);
  }

  /** Returns what takes in files of clients in this process. */
  public FileTransfers transfers() {
    return transfers;
  }

  @Override
  public Download openDownload(FileGrant grant, long offset) throws IOException {
    return transfers.openDownload(grant, offset);
  }

  /** Stops the timers and the runner. Open jobs stay as they are committed. */
  @Override
  public void close() {
    deadlines.close();
    runner.close();
  }

  private JobCommand.Execute execution(Job job) {
    if (job.status() != JobStatus.CREATING || job.data().cleared()) {
      return new JobCommand.Execute(ids.nextOperation(), List.of(), false);
    }
    var missing = missing(job);
    var beyondQuota = missing.isEmpty() && !queue.expect(job.id());
    return new JobCommand.Execute(ids.nextOperation(), missing, beyondQuota);
  }

  private List<String> missing(Job job) {
    try {
      var labels =
          submissions.notArrived(job).stream().map(file -> file.desc().label()).toList();
      return labels.size() <= MOST_NAMED ? labels : labels.subList(0, MOST_NAMED);
    } catch (IOException e) {
      throw StorageErrors.asException(e);
    }
  }

  private void onDeadline(JobId id, Deadlines.Done done) {
    commands.postCommand(id, JobEngine::whenDue, done);
  }

  /** Returns the command that is due at the deadline of a job. */
  private static JobCommand whenDue(Job job) {
    if (job.isTurnedAway()) {
      return new JobCommand.TurnAway();
    }
    return job.status() == JobStatus.CANCELLING
        ? new JobCommand.LosePatience()
        : new JobCommand.ExpireData();
  }
}
