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

/**
 * Kills a server (SIGKILL) at random moments while clients upload, run, follow and delete jobs and
 * data expire; starts it again and looks whether all that it acknowledged is there.
 */
final class KillHarness {
  private static final int CLIENTS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path dataDir;
  private final Path runs;
  private final long seed;
  private final Random random;
  private final Queue<Promise> promises = new ConcurrentLinkedQueue<>();
  private final Queue<String> broken = new ConcurrentLinkedQueue<>();

  KillHarness(Path folder, long seed) throws IOException {
    this.dataDir = folder.resolve("data");
    this.runs = Files.createDirectories(folder.resolve("runs"));
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** What was not as promised; empty if all was. */
  List<String> run(int kills) throws IOException, InterruptedException {
    for (int kill = 1; kill <= kills && broken.isEmpty(); kill++) {
      round();
      if (kill % 10 == 0 || kill == kills) {
        System.out.println(kill + " kills, " + counts());
      }
    }
    lastLook();
    System.out.println("end, " + counts());
    return List.copyOf(broken);
  }

  private void round() throws IOException, InterruptedException {
    var server = KilledServer.start(dataDir);
    try (var client = new JobClient(server.address())) {
      var check = new PromiseCheck(client, runs, broken);
      for (var promise : promises) {
        if (!promise.settled) {
          promise.settled = check.holds(promise);
        }
      }
      var clients = clients(client);
      awaitSomeWork();
      server.kill();
      clients.shutdown();
      if (!clients.awaitTermination(1, TimeUnit.MINUTES)) {
        broken.add("a client waits for a server that is dead");
      }
    } finally {
      server.kill();
    }
    if (random.nextInt(3) == 0) {
      letExpire();
    }
  }

  /** A moment that depends on what was done, so that it is as random on a slow machine. */
  private void awaitSomeWork() {
    int enough = promises.size() + 1 + random.nextInt(8);
    long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (promises.size() < enough && System.nanoTime() < latest) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(800_000)));
  }

  private ExecutorService clients(JobClient client) {
    var clients = Executors.newFixedThreadPool(CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
      clients.execute(new Workload(client, runs, random.nextLong(), promises, broken));
    }
    return clients;
  }

  /** A TTL is a day at least: so what a day would do to one job is done to the stored state. */
  private void letExpire() {
    try (var store = H2JobStore.open(dataDir.resolve("state"))) {
      var over = promises.stream().filter(Promise::isOverWithData).limit(2).toList();
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
  private void lastLook() throws IOException, InterruptedException {
    var server = KilledServer.start(dataDir);
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var client = new JobClient(server.address())) {
      var check = new PromiseCheck(client, runs, broken);
      var open = new ArrayList<>(promises);
      while (!open.isEmpty() && System.nanoTime() < deadline) {
        for (var promise : List.copyOf(open)) {
          if (check.holds(promise) && isExpired(client, promise)) {
            promise.settled = true;
            open.remove(promise);
          }
        }
      }
      open.forEach(promise -> broken.add(promise + ": does not end"));
      server.stop();
    } finally {
      server.kill();
    }
    broken.addAll(Remains.processes(jobs(false)));
    broken.addAll(Remains.files(dataDir, jobs(true)));
  }

  private static boolean isExpired(JobClient client, Promise promise) {
    return !promise.expires || promise.deleteAsked || client.get(promise.jobId).getDataCleared();
  }

  private Set<String> jobs(boolean withData) {
    return promises.stream()
        .filter(promise -> !withData || promise.deleteOperation == null && !promise.cleared)
        .map(promise -> promise.jobId)
        .collect(Collectors.toSet());
  }

  private String counts() {
    return promises.size() + " jobs acknowledged, "
        + count(promise -> promise.uploaded) + " with their files, "
        + count(promise -> promise.operation != null) + " run, "
        + count(promise -> promise.settled) + " looked at from end to end, "
        + count(promise -> promise.cancelAsked) + " cancelled, "
        + count(promise -> promise.deleteAsked) + " deleted, "
        + count(promise -> promise.clearAsked) + " cleared, "
        + count(promise -> promise.expires) + " expired; "
        + broken.size() + " broken; seed " + seed;
  }

  private long count(Predicate<Promise> which) {
    return promises.stream().filter(which).count();
  }
}
