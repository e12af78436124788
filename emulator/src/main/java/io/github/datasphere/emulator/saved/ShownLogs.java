package io.github.datasphere.emulator.saved;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.engine.LogReading;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.proto.jobs.Job;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** The logs that a face shows: of a running emulator, or of jobs in a file. */
public interface ShownLogs {
  /** Returns how many records there are. */
  long end(JobId job);

  /** Reads the log of a job. */
  LogReading from(JobId job, long offset);

  /** Whether no more will come. */
  boolean isOver(JobId job);

  /** Lists jobs, newest first, whose {@code seq} is smaller. */
  List<Shown> jobs(long beforeSeq, int limit);

  /** The first record that is not earlier than a time; the end if all are earlier. */
  default long at(JobId job, Instant time) {
    long low = 0;
    long high = end(job);
    while (low < high) {
      long middle = low + (high - low) / 2;
      var first = new TimeOfRecord();
      from(job, middle).read(1, first);
      if (first.isBefore(time)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * A job that has a log.
   *
   * @param seq newer jobs have larger ones
   */
  record Shown(long seq, JobId id, String name) {}

  /** Changes when the jobs are others than before. */
  Object world();

  /** Returns the logs of a running emulator. */
  static ShownLogs of(Supplier<JobEngine> engine) {
    return new ShownLogs() {
      @Override
      public long end(JobId job) {
        return engine.get().logEnd(job);
      }

      @Override
      public LogReading from(JobId job, long offset) {
        return engine.get().readLogs(job, offset);
      }

      @Override
      public boolean isOver(JobId job) {
        return engine.get().job(job).status().isTerminal();
      }

      @Override
      public List<Shown> jobs(long beforeSeq, int limit) {
        return engine.get().latest(beforeSeq, limit).stream()
            .map(job -> new Shown(job.seq(), job.id(), job.submission().name()))
            .toList();
      }

      @Override
      public Object world() {
        return engine.get();
      }
    };
  }

  /** Returns the logs of the jobs in a file. */
  static ShownLogs of(SavedJobs saved) {
    return new ShownLogs() {
      @Override
      public long end(JobId job) {
        return saved.logEnd(known(job));
      }

      @Override
      public LogReading from(JobId job, long offset) {
        return saved.readLog(known(job), offset);
      }

      @Override
      public boolean isOver(JobId job) {
        return true;
      }

      @Override
      public List<Shown> jobs(long beforeSeq, int limit) {
        var all = saved.jobs();
        return LongStream.range(0, all.size())
            .map(i -> all.size() - 1 - i)
            .filter(seq -> seq < beforeSeq)
            .limit(limit)
            .mapToObj(seq -> shown(seq, all.get((int) seq)))
            .toList();
      }

      private static Shown shown(long seq, Job job) {
        return new Shown(seq, new JobId(job.getId()), job.getName());
      }

      @Override
      public Object world() {
        return saved;
      }

      private String known(JobId job) {
        return saved
            .job(job.value())
            .orElseThrow(
                () -> Rejected.notFound("Job " + job + " is not in this file").asException())
            .getId();
      }
    };
  }
}
