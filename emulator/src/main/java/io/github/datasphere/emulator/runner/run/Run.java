package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.EndingReasons;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job from its preparation, or its adoption, to its release. {@link #run} is its whole life, on
 * a thread of its own; the other methods may be called by other threads at any time.
 */
final class Run {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration LOG_LOOK = Duration.ofMillis(250);

  /** Five minutes, as outputs have to be stored. */
  private static final int MOST_LOG_LOOKS = 1200;

  /** Seven seconds: less than the cancel waits before it ends the job without the supervisor. */
  private static final int FEW_LOG_LOOKS = 28;

  private final JobId job;
  private final ExecutionBackend backend;
  private final Sandbox sandbox;
  private final RunnerParts parts;
  private final SystemLog log;
  private final RunEndings endings;
  private final EarlierRun earlier;
  private final CountDownLatch followed = new CountDownLatch(1);
  private @Nullable PlanNames begun;
  private boolean cancelled;
  private @Nullable Collecting collecting;
  private volatile boolean isAdopted;
  private volatile boolean isRepeated;
  private volatile boolean silent;

  Run(JobId job, ExecutionBackend backend, RunnerParts parts) {
    this.job = job;
    this.backend = backend;
    this.sandbox = backend.sandbox(job);
    this.parts = parts;
    this.log = parts.systemLog(job);
    this.endings = new RunEndings(job, backend, sandbox, log);
    this.earlier = new EarlierRun(sandbox, parts, log);
  }

  /** Prepares the job and runs its command to the end, or follows a command that runs already. */
  void run(Job whole) {
    follow(() -> {
      if (take(findBegun(whole))) {
        isAdopted = true;
        return adopted(whole);
      }
      if (whole.execution().startedAt() == null) {
        sandbox.clear();
        begin(new Preparation(sandbox, parts, log, this::check).prepare(whole));
        emit(new RunnerEvent.Started(job));
        return watched(whole);
      }
      return sandbox.isRepeated() ? again(whole) : Optional.of(EndingReasons.lost());
    });
  }

  private Optional<PlanNames> findBegun(Job whole) throws IOException {
    try {
      return earlier.findBegun(whole);
    } catch (IOException e) {
      if (sandbox.beginsAgain()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Prepares and follows the job once more, in another place, since its own is lost. */
  private Optional<Ending> again(Job whole)
      throws IOException, PreparationException, CancelledException {
    synchronized (this) {
      begun = null;
      isRepeated = true;
    }
    isAdopted = false;
    begin(new Preparation(sandbox, parts, log, this::check).prepare(whole));
    return watched(whole);
  }

  /**
   * Follows a run that an earlier emulator started.
   *
   * @param lost ending to report if there is no such run
   * @param verb action to take on the run afterwards
   */
  void adopt(Ending lost, Consumer<Run> verb) {
    follow(() -> {
      if (!take(earlier.find())) {
        return Optional.of(lost);
      }
      isAdopted = true;
      parts.threads().execute(() -> verb.accept(this));
      return adopted(null);
    });
  }

  /** Restores a run of an earlier emulator that is over already. */
  boolean restore() throws IOException {
    var found = take(earlier.find());
    followed.countDown();
    return found;
  }

  /**
   * Sends a signal once. After a restart the emulator asks again; the supervisor remembers that it
   * has sent it.
   */
  void signal(int signal) {
    synchronized (this) {
      if (begun == null) {
        // Between two attempts there is nothing to signal, and the next shall not begin
        cancelled |= isRepeated;
        return;
      }
    }
    var name = EndingReasons.signalName(signal);
    log.info(
        isAdopted
            ? "Making sure that the job has been sent " + name
            : "Sending " + name + " to all processes of the job");
    send(Supervisor.signal(signal));
  }

  /** Ends the command. If it has ended already, breaks off the storing of its outputs. */
  void kill() {
    synchronized (this) {
      cancelled = true;
    }
    if (breakOff()) {
      log.info("Stopped storing the outputs");
      return;
    }
    log.info("Ending all processes of the job");
    send(Supervisor.kill());
    if (!awaitFollowed()) {
      LOG.warn("The supervisor of job {} does not answer: its processes are ended without it", job);
      try {
        sandbox.kill();
      } catch (IOException e) {
        PlainWarning.tell(LOG, e, "Job {} could not be ended", job);
      }
    }
  }

  /** Begins to collect the outputs; empty if they are being collected already. */
  synchronized Optional<Collecting> beginCollecting() {
    if (collecting != null) {
      return Optional.empty();
    }
    collecting = new Collecting(backend, log);
    return Optional.of(collecting);
  }

  void collect(Job whole, Collecting begunCollecting) {
    try (begunCollecting) {
      emit(collected(whole, begunCollecting));
    } finally {
      synchronized (this) {
        collecting = null;
      }
    }
  }

  private synchronized boolean breakOff() {
    if (collecting == null) {
      return false;
    }
    collecting.breakOff();
    return true;
  }

  /** Ends what is left of the run and removes it. */
  void release() {
    silent = true;
    synchronized (this) {
      cancelled = true;
    }
    breakOff();
    try {
      sandbox.end(PATIENCE);
      awaitFollowed();
      sandbox.remove();
    } catch (IOException e) {
      PlainWarning.tell(LOG, e, "What job {}, which has ended, has left was not removed", job);
    }
  }

  /** Stops following the command, which goes on; a preparation is given up. */
  void leave() {
    silent = true;
    boolean preparing;
    synchronized (this) {
      cancelled = true;
      preparing = begun == null;
    }
    breakOff();
    if (preparing) {
      release();
    } else {
      sandbox.leave();
    }
  }

  private synchronized boolean take(Optional<PlanNames> found) {
    found.ifPresent(names -> begun = names);
    return found.isPresent();
  }

  private Optional<Ending> adopted(@Nullable Job whole)
      throws IOException, PreparationException, CancelledException {
    log.info("The emulator was restarted and follows the job again");
    emit(new RunnerEvent.Started(job));
    return watched(whole);
  }

  private synchronized void begin(Preparation.Prepared prepared)
      throws IOException, CancelledException {
    check();
    log.info("Starting the command");
    begun = prepared.names();
    sandbox.begin(Preparation.SCRIPT, prepared.names(), prepared.environment());
  }

  /** Follows the command; begins it again if its place is lost, unless the job is unknown. */
  private Optional<Ending> watched(@Nullable Job whole)
      throws IOException, PreparationException, CancelledException {
    CommandEnd end;
    try (var watch = new RunWatch(job, sandbox, parts)) {
      end = sandbox.follow(() -> silent);
    }
    if (!(end instanceof CommandEnd.Left)) {
      awaitStored();
    }
    if (end instanceof CommandEnd.Left || silent) {
      return Optional.empty();
    }
    boolean isLost = end instanceof CommandEnd.Lost && !isCancelled();
    return isLost && whole != null && sandbox.beginsAgain()
        ? again(whole)
        : Optional.of(endings.of(end, isCancelled()));
  }

  /**
   * Waits until the log has all output. Once the end is reported the command is not followed again,
   * also by the next emulator: what a full disk keeps waiting in memory would be lost with us.
   */
  private void awaitStored() {
    for (int look = 0; !silent && !parts.ports().log().isStored(job); look++) {
      if (look >= (isCancelled() ? FEW_LOG_LOOKS : MOST_LOG_LOOKS)) {
        LOG.warn("The end of the log of job {} could not be stored: look at its disk", job);
        return;
      }
      parts.pause(LOG_LOOK);
    }
  }

  private RunnerEvent collected(Job whole, Collecting patience) {
    try {
      PlanNames names;
      synchronized (this) {
        names = begun;
      }
      var collection = new RunCollection(sandbox, parts, log, patience);
      return new RunnerEvent.OutputsCollected(
          job, names == null ? collection.withoutCommand(whole) : collection.collect(whole, names));
    } catch (PreparationException | IOException | RuntimeException | Error e) {
      return new RunnerEvent.Ended(job, endings.failed(e));
    }
  }

  /** A step that returns how the run ends; empty if the ending is not to be reported. */
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
      return Optional.of(
          isRepeated
              ? EndingReasons.exited(EndingReasons.KILLED, true)
              : new Ending.NeverStarted());
    } catch (PreparationException | IOException | RuntimeException | Error e) {
      return Optional.of(endings.failed(e));
    }
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  private synchronized void check() throws CancelledException {
    if (cancelled) {
      throw new CancelledException();
    }
  }

  private void send(byte[] request) {
    try {
      sandbox.send(request);
    } catch (IOException e) {
      LOG.debug("The supervisor of job {} is gone", job, e);
    }
  }

  private boolean awaitFollowed() {
    try {
      return followed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void emit(RunnerEvent event) {
    if (!silent) {
      parts.events().accept(event);
    }
  }
}
