package io.github.datasphere.emulator.engine.commands;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.capacity.Budget;
import io.github.datasphere.emulator.job.capacity.Demand;
import io.github.datasphere.emulator.job.id.JobId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets jobs run in the order of Execute as far as the budget reaches; the others wait in PREPARING
 * (service-behaviour 10.40). The order is strictly first come, first served, so small jobs do not
 * starve a big one. If there is a quota, it also decides whether one more job may be active,
 * running or waiting (service-behaviour 3.17).
 */
public final class RunQueue {
  private final Budget budget;
  private final Function<Job, Demand> demandOf;
  private final Consumer<Job> run;
  private final Consumer<Waiting> onWait;
  private final Map<JobId, Demand> running = new LinkedHashMap<>();
  private final Map<JobId, Job> waiting = new LinkedHashMap<>();
  private final Set<JobId> expected = new HashSet<>();
  private int quota;

  /**
   * A job that has to wait for room: it needs {@code demand}, and {@code inUse} of the budget is
   * taken.
   */
  public record Waiting(Job job, Demand demand, Demand inUse, int ahead) {}

  public RunQueue(
      Budget budget,
      int quota,
      Function<Job, Demand> demandOf,
      Consumer<Job> run,
      Consumer<Waiting> onWait) {
    this.budget = budget;
    this.quota = quota;
    this.demandOf = demandOf;
    this.run = run;
    this.onWait = onWait;
  }

  /** Sets how many jobs may be active; jobs that are active already stay active. */
  public synchronized void limitTo(int jobs) {
    quota = jobs;
  }

  /** Returns how many jobs may be active. */
  public synchronized int quota() {
    return quota;
  }

  /**
   * Reserves a place among the active jobs for this one, until it is offered or {@link #forget}ed;
   * false if no place is left.
   */
  public synchronized boolean expect(JobId id) {
    if (running.size() + waiting.size() + expected.size() >= quota) {
      return false;
    }
    expected.add(id);
    return true;
  }

  /** Gives the reserved place up: the expected job has come, or it will not come. */
  public synchronized void forget(JobId id) {
    expected.remove(id);
  }

  /**
   * Runs the job as soon as there is room. A job that runs already, here or since before a crash,
   * goes on at once.
   */
  void offer(Job job) {
    var ready = new ArrayList<Job>();
    synchronized (this) {
      expected.remove(job.id());
      if (running.containsKey(job.id()) || job.status() != JobStatus.PREPARING) {
        running.putIfAbsent(job.id(), demand(job));
        ready.add(job);
      } else {
        waiting.put(job.id(), job);
        ready.addAll(admit());
        if (waiting.containsKey(job.id())) {
          onWait.accept(new Waiting(job, demand(job), inUse(), waiting.size() - 1));
        }
      }
    }
    ready.forEach(run);
  }

  /** Takes a waiting job out of the queue; false if it does not wait. */
  boolean withdraw(JobId id) {
    List<Job> ready;
    synchronized (this) {
      if (waiting.remove(id) == null) {
        return false;
      }
      ready = admit();
    }
    ready.forEach(run);
    return true;
  }

  /** Notes that the job no longer needs its room. */
  void leave(JobId id) {
    List<Job> ready;
    synchronized (this) {
      running.remove(id);
      ready = admit();
    }
    ready.forEach(run);
  }

  private List<Job> admit() {
    var ready = new ArrayList<Job>();
    var queue = waiting.values().iterator();
    while (queue.hasNext()) {
      var job = queue.next();
      var demand = demand(job);
      if (!budget.hasRoom(inUse(), demand)) {
        break;
      }
      queue.remove();
      running.put(job.id(), demand);
      ready.add(job);
    }
    return ready;
  }

  private Demand demand(Job job) {
    return budget.cap(demandOf.apply(job));
  }

  private Demand inUse() {
    return running.values().stream().reduce(Demand.NONE, Demand::plus);
  }
}
