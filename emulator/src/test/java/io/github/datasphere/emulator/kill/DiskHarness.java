package io.github.datasphere.emulator.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets one operation of a server on its files fail at a random moment, now and then all of them for
 * a while, under the work of the {@link KillHarness}; then looks whether the server serves on and
 * all that it acknowledged is there.
 */
final class DiskHarness {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Promises promises;
  private final FailingDisk disk;
  private final long seed;
  private final Random random;
  private final List<String> told = new ArrayList<>();
  private int single;
  private int lasting;
  private int missed;
  private int starts;

  DiskHarness(Path folder, long seed) throws IOException, InterruptedException {
    this.promises = new Promises(folder, true);
    this.disk = FailingDisk.build(folder);
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** Goes on until so many single failures have come. What was not as promised. */
  List<String> run(int failures) throws IOException, InterruptedException {
    while (single < failures && promises.broken().isEmpty()) {
      round();
      System.out.println(disk + ": " + promises);
    }
    promises.lastLook();
    promises.failures().forEach(System.out::println);
    told.stream().distinct().forEach(System.out::println);
    System.out.println("end, " + single + " single failures, " + lasting + " full disks, " + starts
        + " starts refused, " + missed + " failures that did not come, " + told.size()
        + " calls refused, " + promises.failures().size() + " jobs failed; " + promises + "; seed "
        + seed);
    return promises.broken();
  }

  private void round() throws IOException, InterruptedException {
    boolean atStart = random.nextInt(6) == 0;
    if (atStart) {
      disk.failOne(random);
    }
    var server = start();
    try (var client = new JobClient(server.address())) {
      if (atStart) {
        disk.heal();
        count(false);
      }
      promises.look(client);
      var insistence = new Insistence.Asking();
      var clients = promises.clients(client, random, insistence);
      promises.awaitMore(1 + random.nextInt(4));
      if (!atStart) {
        fail(random.nextInt(5) == 0);
      }
      promises.awaitMore(2);
      boolean kill = random.nextBoolean();
      if (kill) {
        insistence.expectNothing();
        server.kill();
      } else {
        insistence.end();
      }
      if (!clients.awaitTermination(2, TimeUnit.MINUTES)) {
        promises.breakOne("a client waits without end");
      }
      if (!kill && !server.stop()) {
        promises.breakOne("the server does not stop");
      }
      told.addAll(insistence.told());
    } finally {
      disk.heal();
      server.kill();
    }
    if (random.nextInt(3) == 0) {
      promises.letExpire(random);
    }
  }

  /** A start that fails has to say why, and to leave all so that the next one can do it. */
  private KilledServer start() throws IOException {
    var log = KilledServer.log(promises.dataDir()).toPath();
    var before = Files.exists(log) ? Files.readString(log).length() : 0;
    var server = KilledServer.start(promises.dataDir(), disk.environment(promises.dataDir()));
    if (server.isPresent()) {
      return server.get();
    }
    starts++;
    var said = Files.readString(log)
        .substring(before)
        .lines()
        .filter(line -> line.contains("The emulator cannot start: "))
        .findFirst();
    if (said.isEmpty()) {
      promises.breakOne("a start was refused without a word after " + disk);
    }
    told.add("start: " + said.orElse("?"));
    disk.heal();
    return KilledServer.start(promises.dataDir(), disk.environment(promises.dataDir()))
        .orElseThrow(() -> new AssertionError("the server does not start again after " + disk));
  }

  private void fail(boolean lasts) {
    if (lasts) {
      disk.fill(random);
    } else {
      disk.failOne(random);
    }
    long latest = System.nanoTime() + PATIENCE.toNanos();
    while (disk.hits() == 0 && System.nanoTime() < latest) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    if (disk.hits() > 0 && lasts) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(2500)));
    }
    disk.heal();
    count(lasts);
  }

  private void count(boolean lasts) {
    if (disk.hits() == 0) {
      missed++;
    } else if (lasts) {
      lasting++;
    } else {
      single++;
    }
  }
}
