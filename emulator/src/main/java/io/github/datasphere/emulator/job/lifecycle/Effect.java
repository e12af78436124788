package io.github.datasphere.emulator.job.lifecycle;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.util.Set;

/** What has to be done once a decision is committed; each may be done twice without harm. */
public sealed interface Effect {
  /** Make sure that the job runs when there is room for it. */
  record Run(Job job) implements Effect {}

  /** Send every process of the job a signal. */
  record Signal(JobId job, int signal) implements Effect {}

  /**
   * End the program and all that it started, at once; if it has ended already, end the storing of
   * its outputs.
   */
  record Kill(JobId job) implements Effect {}

  /** Store the outputs and logs of a run that is over. */
  record Collect(Job job) implements Effect {}

  /** Make sure that nothing of the run is left: processes, containers, working files. */
  record Release(JobId job) implements Effect {}

  /** No more log records will come: let readers end. */
  record EndLog(JobId job) implements Effect {}

  /** Delete the log records. */
  record DeleteLog(JobId job) implements Effect {}

  /** Delete these files unless a job claims them. */
  record Unlink(Set<FileKey> files) implements Effect {
    public Unlink {
      files = Set.copyOf(files);
    }
  }
}
