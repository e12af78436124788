package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets one job after the other ask for a place, in the order in which they were created. */
final class Turns {
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  /** After this many looks the job is told that it waits. */
  private static final int LONG = 20;

  private final List<Job> waiting = new ArrayList<>();
  private @Nullable Job asking;

  /** Waits for the turn of a job; {@link #end} ends it. */
  synchronized void await(Job job, Cancellation cancellation, WaitingWords words)
      throws CancelledException {
    waiting.add(job);
    try {
      for (int look = 0; asking != null || !isFirst(job); look++) {
        cancellation.check();
        if (look == LONG) {
          words.say("jobs that were created earlier wait, too");
        }
        wait(BETWEEN_LOOKS_MILLIS);
      }
      asking = job;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    } finally {
      waiting.remove(job);
    }
  }

  synchronized void end(Job job) {
    if (job.equals(asking)) {
      asking = null;
      notifyAll();
    }
  }

  private boolean isFirst(Job job) {
    return waiting.stream().min(Comparator.comparingLong(Job::seq)).equals(Optional.of(job));
  }
}
