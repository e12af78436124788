package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.EngineException;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.Endings;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job from its preparation, or its adoption, to its release. */
final class DockerRun {
  private static final Logger LOG = LoggerFactory.getLogger(DockerRun.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration NEWS_OF_MEMORY = Duration.ofSeconds(1);
  private static final int KILLED = 137;

  private final JobId job;
  private final RunContext context;
  private final Path folder;
  private final SystemLog log;
  private final CountDownLatch followed = new CountDownLatch(1);
  private @Nullable JobContainer container;
  private @Nullable RunRecord record;
  private boolean cancelled;
  private volatile boolean silent;
  private boolean collecting;

  DockerRun(JobId job, RunContext context) {
    this.job = job;
    this.context = context;
    this.folder = context.settings().folder();
    this.log = new SystemLog(context.ports().log(), job, context.ports().clock());
  }

  /** Prepares the job and runs its command to the end, or follows what runs already. */
  void run(Job whole) {
    follow(() -> {
      var saved = saved();
      if (saved.isPresent()) {
        return adopted(saved.get());
      }
      if (whole.execution().startedAt() != null) {
        return Optional.of(Endings.lost());
      }
      removeUnfinished();
      return executed(whole);
    });
  }

  /**
   * Follows what an earlier emulator started.
   *
   * @param lost its end if there is no such thing
   * @param verb what is then to be done to it
   */
  void adopt(Ending lost, Consumer<DockerRun> verb) {
    follow(() -> {
      var saved = saved();
      if (saved.isEmpty()) {
        return Optional.of(lost);
      }
      take(saved.get());
      context.threads().execute(() -> verb.accept(this));
      return adopted(saved.get());
    });
  }

  /** A run that is over already, of an earlier emulator. */
  boolean restore() throws IOException {
    var saved = saved();
    saved.ifPresent(this::take);
    followed.countDown();
    return saved.isPresent();
  }

  synchronized void signal(int signal) {
    if (record != null) {
      log.info("Sending " + Endings.signalName(signal) + " to the command");
      send(Supervisor.signal(signal));
    }
  }

  void kill() {
    synchronized (this) {
      cancelled = true;
      log.info("Ending all processes of the job");
      send(Supervisor.kill());
    }
    var open = container;
    if (!awaitFollowed(PATIENCE) && open != null) {
      LOG.warn("The supervisor of job {} does not answer: ending its container", job);
      try {
        open.kill();
      } catch (EngineException e) {
        LOG.warn("The container of job {} could not be ended", job, e);
      }
    }
  }

  void collect(Job whole) {
    synchronized (this) {
      if (collecting) {
        return;
      }
      collecting = true;
    }
    emit(collected(whole));
    synchronized (this) {
      collecting = false;
    }
  }

  /** Ends what is left and removes it from the engine. */
  void release() {
    silent = true;
    JobContainer open;
    synchronized (this) {
      cancelled = true;
      open = container;
    }
    try {
      if (open != null) {
        open.remove();
        open.detach();
      }
      awaitFollowed(PATIENCE);
      RunRecord.delete(folder, job);
    } catch (IOException e) {
      LOG.warn("The container of job {}, which has ended, was not removed", job, e);
    }
  }

  /** Lets the command go on without being followed; a preparation is given up. */
  void leave() {
    silent = true;
    boolean preparing;
    synchronized (this) {
      cancelled = true;
      preparing = record == null;
    }
    if (preparing) {
      release();
    } else if (container != null) {
      container.detach();
    }
  }

  private Optional<Ending> executed(Job whole)
      throws IOException, PreparationException, CancelledException {
    var prepared = new Preparation(context, log, this::check).prepare(whole, this::in);
    var begun = begin(prepared);
    emit(new RunnerEvent.Started(job));
    return watched(output -> output.follow(begun));
  }

  private Optional<Ending> adopted(RunRecord saved) throws IOException {
    take(saved);
    log.info("The emulator was started anew; the job is followed again");
    emit(new RunnerEvent.Started(job));
    return watched(output -> output.followAgain(saved));
  }

  /** Its stdin is for the next request; its output is read from the log of the engine. */
  private synchronized void take(RunRecord saved) {
    if (record == null) {
      container = new JobContainer(context.engine(), saved.container());
      record = saved;
    }
  }

  private synchronized RunRecord begin(Preparation.Prepared prepared)
      throws IOException, CancelledException {
    check();
    log.info("Starting the command");
    var token = Token.random();
    var begun =
        new RunRecord(prepared.container().id(), token, prepared.earlier(), prepared.names());
    if (!context.isLeased()) {
      // First, so that it never begins twice
      begun.save(folder, job);
      prepared.container().send(Supervisor.keep());
    }
    record = begun;
    prepared.container().begin(token, Preparation.SCRIPT, prepared.environment());
    return begun;
  }

  /** One of the ways to follow. */
  @FunctionalInterface
  private interface Output {
    CommandOutput.End follow(CommandOutput output) throws IOException;
  }

  private Optional<Ending> watched(Output way) throws IOException {
    var open = container;
    if (open == null) {
      throw new IllegalStateException("job " + job + " has no container");
    }
    CommandOutput.End end;
    try (var watch = new RunWatch(context, job, open)) {
      end = way.follow(new CommandOutput(context, job, open, () -> silent));
    }
    if (end.code().isPresent()) {
      return Optional.of(exited(end.code().getAsInt(), open));
    }
    if (silent) {
      return Optional.empty();
    }
    // Where the supervisor could not obey, its container was ended
    return isCancelled()
        ? Optional.of(new Ending.Exited(KILLED, ""))
        : Optional.ofNullable(end.ending());
  }

  private Ending exited(int code, JobContainer open) throws IOException {
    var soon = context.ports().clock().instant().plus(NEWS_OF_MEMORY);
    if (code == KILLED && !isCancelled() && open.ranOutOfMemory(soon)) {
      log.error("Killed: the job took more memory than its instance type has");
      return new Ending.Exited(code, "Killed: out of memory; take an instance type that has more");
    }
    return Endings.exited(code, isCancelled());
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  private RunnerEvent collected(Job whole) {
    try {
      var collection = new RunCollection(context, log);
      var known = record;
      return new RunnerEvent.OutputsCollected(
          job,
          known == null
              ? collection.withoutCommand(whole)
              : collection.collect(whole, known.container(), known.names()));
    } catch (PreparationException e) {
      return new RunnerEvent.Ended(job, Endings.failed(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      return new RunnerEvent.Ended(job, Endings.fault(job, e));
    }
  }

  /** Something that ends with the run. */
  @FunctionalInterface
  private interface Following {
    Optional<Ending> follow() throws IOException, PreparationException, CancelledException;
  }

  private void follow(Following following) {
    var ending = ending(following);
    followed.countDown();
    ending.ifPresent(end -> {
      if (end instanceof Ending.Exited exited) {
        log.info("The command has ended with exit code " + exited.returnCode());
      }
      emit(new RunnerEvent.Ended(job, end));
    });
  }

  private Optional<Ending> ending(Following following) {
    try {
      return following.follow();
    } catch (CancelledException e) {
      log.info("Stopped before the command began");
      return Optional.of(new Ending.NeverStarted());
    } catch (PreparationException e) {
      log.error(String.valueOf(e.getMessage()));
      return Optional.of(Endings.failed(String.valueOf(e.getMessage())));
    } catch (EngineException e) {
      var message = "The container engine failed: " + e.getMessage()
          + ". See that it runs (datasphere-emulator doctor), and execute the job anew.";
      log.error(message);
      return Optional.of(Endings.failed(message));
    } catch (IOException | RuntimeException e) {
      return Optional.of(Endings.fault(job, e));
    }
  }

  private synchronized void in(JobContainer fresh) {
    container = fresh;
  }

  private synchronized void check() throws CancelledException {
    if (cancelled) {
      throw new CancelledException();
    }
  }

  private void send(byte[] request) {
    try {
      if (container != null) {
        container.send(request);
      }
    } catch (IOException e) {
      LOG.debug("The supervisor of job {} is gone", job, e);
    }
  }

  private Optional<RunRecord> saved() throws IOException {
    return context.isLeased() ? Optional.empty() : RunRecord.read(folder, job);
  }

  /** What an emulator that was killed was just preparing. */
  private void removeUnfinished() throws IOException {
    if (context.isLeased()) {
      return;
    }
    var labels =
        Map.of(Ownership.OWNER, context.settings().ownership().owner(), Ownership.JOB, job.value());
    var left = context
        .engine()
        .ask(() -> context
            .engine()
            .client()
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(labels)
            .exec());
    for (var old : List.copyOf(left)) {
      new JobContainer(context.engine(), old.getId()).remove();
    }
  }

  private boolean awaitFollowed(Duration patience) {
    try {
      return followed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void emit(RunnerEvent event) {
    if (!silent) {
      context.events().accept(event);
    }
  }
}
