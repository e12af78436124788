package io.github.datasphere.emulator.kill;

import com.google.rpc.Code;
import io.github.datasphere.proto.emulator.AddFaultRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets clients work with servers of one data directory for long, which are stopped or killed in
 * between and answer some calls with ordered faults; looks at each job all the time.
 */
final class SoakHarness {
  private static final int SHIFT_SECONDS = 30;
  private static final int FAULTS = 8;
  private static final List<String> FAULTY =
      List.of("Create", "Execute", "Cancel", "Delete", "DeleteData", "ReadLogs");
  private static final Promises.Load LOAD = new Promises.Load(8, 1 << 20);

  private final Promises promises;
  private final JobHistories histories = new JobHistories();
  private final List<ServerFigures> figures = new ArrayList<>();
  private final long seed;
  private final Random random;
  private int kills;
  private int stops;

  SoakHarness(Path folder, long seed) throws IOException {
    this.promises = new Promises(folder, false, LOAD);
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** What was not as promised. */
  List<String> run(Duration length) throws IOException, InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end && promises.broken().isEmpty()) {
      shift();
      System.out.println(kills + " kills, " + stops + " stops, " + promises + "; " + histories
          + "; idle after its start: " + figures.get(figures.size() - 1));
    }
    promises.lastLook();
    // The very first server had no jobs to look at
    var first = figures.get(Math.min(1, figures.size() - 1));
    System.out.println("end, " + promises + "; first " + first + ", last "
        + figures.get(figures.size() - 1) + "; seed " + seed);
    return promises.broken();
  }

  private void shift() throws IOException, InterruptedException {
    var server = KilledServer.start(promises.dataDir());
    try (var client = new JobClient(server.address())) {
      promises.look(client);
      figures.add(ServerFigures.of(server.pid()));
      for (int i = 0; i < FAULTS; i++) {
        client.order(fault());
      }
      var insistence = new Insistence.Asking();
      var clients = promises.clients(client, random, insistence);
      watch(client, SHIFT_SECONDS / 2 + random.nextInt(SHIFT_SECONDS));
      boolean kill = random.nextInt(3) == 0;
      if (kill) {
        kills++;
        insistence.expectNothing();
        server.kill();
      } else {
        stops++;
        insistence.end();
      }
      if (!clients.awaitTermination(2, TimeUnit.MINUTES)) {
        promises.breakOne("a client waits without end");
      }
      if (!kill && !server.stop()) {
        promises.breakOne("the server does not stop");
      }
    } finally {
      server.kill();
    }
    promises.letExpire(random);
  }

  /** Some calls later, before the effect or after it; a client that deletes again finds no job. */
  private AddFaultRequest fault() {
    var status =
        com.google.rpc.Status.newBuilder().setCode(Code.UNAVAILABLE_VALUE).build();
    var method = FAULTY.get(random.nextInt(FAULTY.size()));
    var fault = AddFaultRequest.newBuilder().setMethod(method).setNth(1 + random.nextInt(20));
    return random.nextBoolean() || method.equals("Delete")
        ? fault.setFailWith(status).build()
        : fault.setFailAfterEffectWith(status).build();
  }

  private void watch(JobClient client, int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      promises.open().forEach(job -> look(client, job));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private void look(JobClient client, String job) {
    try {
      histories.saw(job, client.get(job).getStatus()).ifPresent(promises::breakOne);
    } catch (StatusRuntimeException e) {
      // Deleted just now
      if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
        promises.breakOne("job " + job + ": " + e.getStatus());
      }
    }
  }
}
