package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerEvents;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

/**
 * A runner that does nothing by itself: it notes what it is told, and the test orders its events.
 */
public final class OrderedRunner implements JobRunner {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final RunnerEvents events;
  private volatile boolean hurries;

  public OrderedRunner(RunnerEvents events) {
    this.events = events;
  }

  /** Every verb so far, such as {@code kill bt1…}. */
  public List<String> told() {
    return told;
  }

  /** From now on each job has ended well as soon as it is told to run. */
  public void hurry() {
    hurries = true;
  }

  public void started(JobId job) {
    events.accept(new RunnerEvent.Started(job));
  }

  public void progressed(JobId job, Progress progress) {
    events.accept(new RunnerEvent.Progressed(job, progress));
  }

  public void exited(JobId job, int code) {
    ended(job, new Ending.Exited(code, ""));
  }

  public void ended(JobId job, Ending ending) {
    events.accept(new RunnerEvent.Ended(job, ending));
  }

  /** Makes an output visible. */
  public void publish(JobId job, StagedFile output) throws IOException {
    events.publish(job, output);
  }

  public void collected(JobId job, Collected collected) {
    events.accept(new RunnerEvent.OutputsCollected(job, collected));
  }

  @Override
  public void run(Job job) {
    if (told.contains("close")) {
      throw new RejectedExecutionException("as an executor says that is shut down");
    }
    told.add("run " + job.id());
    if (hurries) {
      started(job.id());
      exited(job.id(), 0);
    }
  }

  @Override
  public void signal(JobId job, int signal) {
    told.add("signal " + signal + " " + job);
  }

  @Override
  public void kill(JobId job) {
    told.add("kill " + job);
  }

  @Override
  public void collect(Job job) {
    told.add("collect " + job.id());
    if (hurries) {
      collected(job.id(), Collected.NOTHING);
    }
  }

  @Override
  public void release(JobId job) {
    told.add("release " + job);
  }

  @Override
  public void sweep(Predicate<JobId> isOpen) {
    told.add("sweep");
  }

  @Override
  public void close() {
    told.add("close");
  }
}
