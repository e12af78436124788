package io.github.datasphere.emulator.kill;

import io.github.datasphere.emulator.job.DataRetention;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.h2.H2JobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All that the servers of one data directory have acknowledged, and what of it was not kept. */
final class Promises {
  private static final Load USUAL = new Load(4, 8 << 20, false);
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path dataDir;
  private final Path runs;
  private final boolean jobsMayFail;
  private final Load load;
  private final Queue<Promise> all = new ConcurrentLinkedQueue<>();
  private final Queue<String> broken = new ConcurrentLinkedQueue<>();

  /**
   * @param folder a server's data directory is made in it
   * @param jobsMayFail whether a job that ends with an error is no broken promise if it says why
   */
  Promises(Path folder, boolean jobsMayFail) throws IOException {
    this(folder, jobsMayFail, USUAL);
  }

  Promises(Path folder, boolean jobsMayFail, Load load) throws IOException {
    this.load = load;
    this.dataDir = folder.resolve("data");
    this.runs = Files.createDirectories(folder.resolve("runs"));
    this.jobsMayFail = jobsMayFail;
  }

  /**
   * What is asked of a server.
   *
   * @param largeBytes size of the largest files
   * @param runsOnDisk whether jobs note their runs on the project's disk, since they do not see
   *     this machine's folders
   */
  record Load(int clients, int largeBytes, boolean runsOnDisk) {}

  Path dataDir() {
    return dataDir;
  }

  /** Holds a file for each job that has run, with a line for each time. */
  Path runs() {
    return runs;
  }

  int size() {
    return all.size();
  }

  void breakOne(String how) {
    broken.add(how);
  }

  /** What was not as promised; empty if all was. */
  List<String> broken() {
    return List.copyOf(broken);
  }

  /** Clients that make jobs and do things with them until the insistence says that it is over. */
  ExecutorService clients(JobClient client, Random random, Insistence insistence) {
    var clients = Executors.newFixedThreadPool(load.clients());
    for (int i = 0; i < load.clients(); i++) {
      var job = new Workload(client, runs, random.nextLong(), insistence, load);
      clients.execute(() -> job.run(all, broken));
    }
    clients.shutdown();
    return clients;
  }

  /** Returns when so many more jobs were made, or after 15 seconds. */
  void awaitMore(int jobs) {
    int enough = all.size() + jobs;
    long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (all.size() < enough && System.nanoTime() < latest) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** Jobs that were not looked at from end to end yet. */
  List<String> open() {
    return all.stream()
        .filter(promise -> !promise.settled && !promise.deleteAsked)
        .map(promise -> promise.jobId)
        .toList();
  }

  /** Looks at what was not over when it was looked at last. */
  void look(JobClient client) throws IOException, InterruptedException {
    var check = new PromiseCheck(client, runs, broken, jobsMayFail);
    for (var promise : all) {
      if (!promise.settled) {
        promise.settled = check.holds(promise);
        promise.forgetContentIfSettled();
      }
    }
  }

  /** A TTL is a day at least: so what a day would do to one job is done to the stored state. */
  void letExpire(Random random) {
    try (var store = H2JobStore.open(dataDir.resolve("state"))) {
      var over = all.stream().filter(Promise::isOverWithData).limit(2).toList();
      for (var promise : over) {
        var job = store.job(new JobId(promise.jobId)).orElseThrow();
        if (job.status().isTerminal()) {
          var soon = Instant.now().plusMillis(random.nextInt(4000));
          promise.expires = true;
          store.commit(new Changes(expiring(job, soon), null, List.of(), List.of()));
        }
      }
    }
  }

  private static Job expiring(Job job, Instant at) {
    return new Job(
        job.id(),
        job.projectId(),
        job.seq(),
        job.submission(),
        job.status(),
        job.statusDetails(),
        job.execution(),
        job.finishedAt(),
        job.results(),
        new DataRetention(job.data().ttl(), at, false));
  }

  /** Waits for what runs, and looks at everything once more. */
  void lastLook() throws IOException, InterruptedException {
    lastLook(KilledServer.start(dataDir));
  }

  /** The same with a server that was started for it. */
  void lastLook(KilledServer server) throws IOException, InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var client = new JobClient(server.address())) {
      var check = new PromiseCheck(client, runs, broken, jobsMayFail);
      var open = new ArrayList<>(all);
      while (!open.isEmpty() && System.nanoTime() < deadline) {
        for (var promise : List.copyOf(open)) {
          if (check.holds(promise) && isExpired(client, promise)) {
            promise.settled = true;
            open.remove(promise);
          }
        }
      }
      open.forEach(promise -> broken.add(promise + ": does not end"));
      if (!server.stop()) {
        broken.add("the server does not stop");
      }
    } finally {
      server.kill();
    }
    broken.addAll(Remains.processes(jobs(false)));
    broken.addAll(Remains.files(dataDir, jobs(true)));
  }

  private static boolean isExpired(JobClient client, Promise promise) {
    return !promise.expires || promise.deleteAsked || client.get(promise.jobId).getDataCleared();
  }

  /** All jobs, or those whose data nobody asked to clear. */
  Set<String> jobs(boolean withData) {
    return all.stream()
        .filter(promise -> !withData || promise.deleteOperation == null && !promise.cleared)
        .map(promise -> promise.jobId)
        .collect(Collectors.toSet());
  }

  /** Why jobs have failed, one each. */
  List<String> failures() {
    return all.stream().flatMap(promise -> promise.failure().stream()).toList();
  }

  @Override
  public String toString() {
    return all.size() + " jobs acknowledged, "
        + count(promise -> promise.uploaded) + " with their files, "
        + count(promise -> promise.operation != null) + " run, "
        + count(promise -> promise.settled) + " looked at from end to end, "
        + count(promise -> promise.cancelAsked) + " cancelled, "
        + count(promise -> promise.deleteAsked) + " deleted, "
        + count(promise -> promise.clearAsked) + " cleared, "
        + count(promise -> promise.expires) + " expired; "
        + broken.size() + " broken";
  }

  private long count(Predicate<Promise> which) {
    return all.stream().filter(which).count();
  }
}
