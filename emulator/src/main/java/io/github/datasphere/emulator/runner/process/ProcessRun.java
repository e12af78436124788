package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.Endings;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.SystemLog;
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

/** One job from its preparation, or its adoption, to its release. */
final class ProcessRun {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessRun.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final JobId job;
  private final JobFolder folder;
  private final RunContext context;
  private final SystemLog log;
  private final CountDownLatch followed = new CountDownLatch(1);
  private @Nullable JobControl control;
  private @Nullable RunRecord record;
  private boolean cancelled;
  private boolean begun;
  private volatile boolean silent;
  private boolean collecting;

  ProcessRun(JobId job, JobFolder folder, RunContext context) {
    this.job = job;
    this.folder = folder;
    this.context = context;
    this.log = new SystemLog(context.ports().log(), job, context.ports().clock());
  }

  /** Prepares the job and runs its command to the end, or follows what runs already. */
  void run(Job whole) {
    follow(() -> {
      var saved = saved();
      if (saved.isPresent() && saved.get().hasBegun()) {
        return adopted(saved.get(), restore(saved.get()));
      }
      if (whole.execution().startedAt() != null) {
        return Optional.of(Endings.lost());
      }
      saved.ifPresent(left -> ProcessTable.end(left.mark()));
      return executed(whole);
    });
  }

  /**
   * Follows what an earlier emulator started.
   *
   * @param lost its end if there is no such thing
   * @param verb what is then to be done to it
   */
  void adopt(Ending lost, Consumer<ProcessRun> verb) {
    follow(() -> {
      var saved = saved();
      if (saved.isEmpty() || !saved.get().hasBegun()) {
        return Optional.of(lost);
      }
      var supervisor = restore(saved.get());
      context.threads().execute(() -> verb.accept(this));
      return adopted(saved.get(), supervisor);
    });
  }

  /** A run that is over already, of an earlier emulator. */
  boolean restore() throws IOException {
    var saved = saved();
    if (saved.isEmpty() || !saved.get().hasBegun()) {
      return false;
    }
    restore(saved.get());
    followed.countDown();
    return true;
  }

  synchronized void signal(int signal) {
    if (begun) {
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
    if (!awaitFollowed(PATIENCE) && record != null) {
      LOG.warn("The supervisor of job {} does not answer: ending its processes without it", job);
      ProcessTable.end(record.mark());
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

  /** Ends what is left and removes it from the disk. */
  void release() {
    silent = true;
    synchronized (this) {
      cancelled = true;
    }
    try {
      var open = control;
      var gone = open == null || open.release(PATIENCE);
      if (record != null && (!gone || !ProcessTable.read().pids(record.mark()).isEmpty())) {
        ProcessTable.end(record.mark());
      }
      awaitFollowed(PATIENCE);
      folder.delete();
    } catch (IOException e) {
      LOG.warn("The directory {} of a job that has ended was not deleted", folder.path(), e);
    }
  }

  /** Lets the command go on without being followed; a preparation is given up. */
  void leave() {
    silent = true;
    boolean preparing;
    synchronized (this) {
      cancelled = true;
      preparing = !begun;
    }
    if (preparing) {
      release();
    }
  }

  private Optional<Ending> executed(Job whole)
      throws IOException, PreparationException, CancelledException {
    var prepared =
        new Preparation(context, folder, log, this::check).prepare(whole, this::supervisedBy);
    var output = begin(prepared);
    emit(new RunnerEvent.Started(job));
    return watched(output, prepared.record().mark(), Endings.supervisorGone());
  }

  private Optional<Ending> adopted(RunRecord saved, JobControl supervisor) throws IOException {
    if (!supervisor.isAlive()) {
      log.info("The emulator was started anew; the job has ended in the meantime");
    } else {
      log.info("The emulator was started anew; the job goes on and is followed again");
    }
    emit(new RunnerEvent.Started(job));
    return watched(
        new DurableOutput(context, folder, job, saved, supervisor),
        saved.mark(),
        Endings.vanished());
  }

  private synchronized JobControl restore(RunRecord saved) throws IOException {
    var fifo = FifoControl.open(folder.state(FifoControl.NAME), saved.supervisor());
    control = fifo;
    record = saved;
    begun = true;
    return fifo;
  }

  private synchronized CommandOutput begin(Preparation.Prepared prepared)
      throws IOException, CancelledException {
    check();
    log.info("Starting the command");
    begun = true;
    record = prepared.record();
    if (context.isLeased()) {
      return LeasedOutput.begin(context, job, prepared);
    }
    var durable = DurableOutput.begin(context, folder, job, prepared);
    control = durable.supervisor();
    record = durable.record();
    return durable;
  }

  private Optional<Ending> watched(CommandOutput output, String mark, Ending withoutCode)
      throws IOException {
    CommandOutput.End end;
    try (var watch = new RunWatch(context, job, mark, folder)) {
      end = output.follow(() -> silent);
    }
    return switch (end.kind()) {
      case EXITED -> Optional.of(Endings.exited(end.code(), isCancelled()));
      case SUPERVISOR_GONE -> {
        // Nobody is left to do it
        ProcessTable.end(mark);
        yield Optional.of(withoutCode);
      }
      case LEFT -> Optional.empty();
    };
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  private RunnerEvent collected(Job whole) {
    try {
      var collection = new RunCollection(context, folder, log);
      var known = record;
      return new RunnerEvent.OutputsCollected(
          job,
          begun && known != null
              ? collection.collect(whole, known.names())
              : collection.withoutCommand(whole));
    } catch (PreparationException e) {
      return new RunnerEvent.Ended(job, Endings.failed(String.valueOf(e.getMessage())));
    } catch (IOException | RuntimeException e) {
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
    } catch (IOException | RuntimeException e) {
      return Optional.of(Endings.fault(job, e));
    }
  }

  private synchronized void supervisedBy(HostSupervisor supervisor) {
    control = supervisor;
  }

  private synchronized void check() throws CancelledException {
    if (cancelled) {
      throw new CancelledException();
    }
  }

  private void send(byte[] request) {
    try {
      if (control != null) {
        control.send(request);
      }
    } catch (IOException e) {
      LOG.debug("The supervisor of job {} is gone", job, e);
    }
  }

  private Optional<RunRecord> saved() throws IOException {
    return context.isLeased() ? Optional.empty() : RunRecord.read(folder);
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
