package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import java.util.function.Predicate;

/**
 * Carries jobs out. Every verb returns at once, may be called twice without harm, and answers with
 * {@link RunnerEvent}s; none throws for what a job does. After a restart the same verbs adopt what
 * still runs (docs/architecture.md).
 */
public interface JobRunner extends AutoCloseable {
  /**
   * Make sure that the job runs: place its files, make its environment, start its command; or adopt
   * what an earlier process of the emulator started. Answers {@code Started}, {@code Progressed}
   * and {@code Ended}.
   */
  void run(Job job);

  /** Send every process of the job a signal, numbered as in {@code kill -l}; once for each run. */
  void signal(JobId job, int signal);

  /**
   * End the program and all that it started, at once. Answers {@code Ended}, also for an unknown
   * job. While the outputs of a run are being collected, break that off instead: outputs not stored
   * yet are reported as errors.
   */
  void kill(JobId job);

  /**
   * Store outputs and log files of a run that is over; outputs only if the command had started.
   * Answers {@code Collected}, or {@code Ended} with {@code Ending.Failed} if the run is lost.
   */
  void collect(Job job);

  /** Make sure that nothing of the run is left. */
  void release(JobId job);

  /**
   * At start: release everything of jobs that are not open any more. Jobs that this runner has been
   * told of meanwhile are spared.
   *
   * @param isOpen whether a job that an earlier process of the emulator knew was open at the start
   */
  void sweep(Predicate<JobId> isOpen);

  /** Ends the running jobs or lets them go on, as this runner was told when it was made. */
  @Override
  void close();
}
