package io.github.datasphere.emulator.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills a server (SIGKILL) at random moments while clients upload, run, follow and delete jobs and
 * data expire; starts it again and looks whether all that it acknowledged is there.
 */
final class KillHarness {
  private final Promises promises;
  private final long seed;
  private final Random random;

  KillHarness(Path folder, long seed) throws IOException {
    this.promises = new Promises(folder, false);
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** What was not as promised; empty if all was. */
  List<String> run(int kills) throws IOException, InterruptedException {
    for (int kill = 1; kill <= kills && promises.broken().isEmpty(); kill++) {
      round();
      if (kill % 10 == 0 || kill == kills) {
        System.out.println(kill + " kills, " + promises + "; seed " + seed);
      }
    }
    promises.lastLook();
    System.out.println("end, " + promises + "; seed " + seed);
    return promises.broken();
  }

  private void round() throws IOException, InterruptedException {
    var server = KilledServer.start(promises.dataDir());
    try (var client = new JobClient(server.address())) {
      promises.look(client);
      var clients = promises.clients(client, random, Insistence.NONE);
      // A moment that depends on what was done, so that it is as random on a slow machine
      promises.awaitMore(1 + random.nextInt(8));
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(800_000)));
      server.kill();
      if (!clients.awaitTermination(1, TimeUnit.MINUTES)) {
        promises.breakOne("a client waits for a server that is dead");
      }
    } finally {
      server.kill();
    }
    if (random.nextInt(3) == 0) {
      promises.letExpire(random);
    }
  }
}
