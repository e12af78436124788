package io.github.datasphere.emulator.kill;

import com.google.rpc.Code;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.emulator.AddFaultRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets clients work with servers of one data directory for long, which are stopped or killed in
 * between and answer some calls with ordered faults; looks at each job all the time, and at what
 * the servers take.
 */
final class SoakHarness {
  private static final int SHIFT_SECONDS = 30;
  private static final int FAULTS = 8;
  private static final int LONG_EVERY = 4;

  /** Threads for calls, which come with them and go after a minute. */
  private static final int START_THREADS = 20;

  private static final int END_THREADS = 30;
  private static final List<String> FAULTY =
      List.of("Create", "Execute", "Cancel", "Delete", "DeleteData", "ReadLogs");

  private static final Set<JobStatus> RUNS = EnumSet.of(
      JobStatus.PREPARING, JobStatus.EXECUTING, JobStatus.UPLOADING_OUTPUT, JobStatus.CANCELLING);

  private final RunnerKind runner;
  private final JobContainers containers;
  private final Path temporary;
  private final Promises promises;
  private final JobHistories histories = new JobHistories();
  private final Growth atStarts =
      new Growth("soon after their start", Growth.CACHE_KILOBYTES, START_THREADS);
  private final Growth atEnds = new Growth(
      "before their end", Growth.CACHE_KILOBYTES + Growth.JOURNAL_KILOBYTES, END_THREADS);
  private final Growth atLongEnds =
      new Growth("after a long shift without a journal", Growth.CACHE_KILOBYTES, END_THREADS);
  private final Duration longShift;
  private final Random random;
  private int shifts;
  private int kills;
  private int stops;

  /**
   * Nothing runs before the first {@link #shift}.
   *
   * @param longShift how long every fourth server serves, since what leaks needs time to be seen;
   *     it is asked for no faults, so that it keeps no journal of calls
   */
  SoakHarness(
      Path folder, RunnerKind runner, JobContainers containers, Duration longShift, long seed)
      throws IOException {
    boolean onDisk = runner == RunnerKind.DOCKER;
    this.runner = runner;
    this.containers = containers;
    this.temporary = Files.createDirectories(folder.resolve("tmp"));
    this.promises = new Promises(folder, false, new Promises.Load(8, 1 << 20, onDisk));
    this.longShift = longShift;
    this.random = new Random(seed);
  }

  List<String> broken() {
    return promises.broken();
  }

  /** The life of a server. */
  void shift() throws IOException, InterruptedException {
    shifts++;
    boolean isLong = shifts % LONG_EVERY == 0;
    boolean kill = !isLong && random.nextInt(3) == 0;
    var server = start();
    try (var client = new JobClient(server.address())) {
      promises.look(client);
      awaitEnds(client); // of jobs that were taken up: each has threads
      atStarts.add(figures(server));
      for (int i = 0; i < FAULTS && !isLong; i++) {
        client.order(fault());
      }
      var insistence = new Insistence.Asking();
      var clients = promises.clients(client, random, insistence);
      watch(client, isLong ? longShift : shortShift());
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
      if (!kill) {
        awaitEnds(client);
        (isLong ? atLongEnds : atEnds).add(figures(server));
        if (!server.stop()) {
          promises.breakOne("the server does not stop");
        }
      }
    } finally {
      server.kill();
    }
    promises.letExpire(random);
  }

  /** Waits for what runs; then nothing may be left, and nothing may have grown. */
  void end() throws IOException, InterruptedException {
    promises.lastLook(start());
    containers.of(promises.jobs(false)).forEach(one -> promises.breakOne(one + " is left"));
    try (var left = Files.list(temporary)) {
      left.forEach(file -> promises.breakOne("temporary file " + file + " is left"));
    }
    atStarts.grown().forEach(promises::breakOne);
    atEnds.grown().forEach(promises::breakOne);
    atLongEnds.grown().forEach(promises::breakOne);
  }

  private KilledServer start() throws IOException {
    return KilledServer.start(promises.dataDir(), runner, promises.runs(), temporary);
  }

  private ServerFigures figures(KilledServer server) throws IOException, InterruptedException {
    return ServerFigures.of(
        server.pid(), temporary, containers.of(promises.jobs(false)).size());
  }

  private Duration shortShift() {
    return Duration.ofSeconds(SHIFT_SECONDS / 2 + random.nextInt(SHIFT_SECONDS));
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

  private void watch(JobClient client, Duration length) {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      promises.open().forEach(job -> look(client, job));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Until no job runs, or for a minute. */
  private void awaitEnds(JobClient client) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (System.nanoTime() < end
        && promises.open().stream()
            .anyMatch(job -> look(client, job).filter(RUNS::contains).isPresent())) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Gives its state; empty if it is deleted. */
  private Optional<JobStatus> look(JobClient client, String job) {
    try {
      var status = client.get(job).getStatus();
      histories.saw(job, status).ifPresent(promises::breakOne);
      return Optional.of(status);
    } catch (StatusRuntimeException e) {
      // Deleted just now
      if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
        promises.breakOne("job " + job + ": " + e.getStatus());
      }
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return runner + ": " + kills + " kills, " + stops + " stops, " + promises + "; " + histories
        + "; servers " + atStarts + "; " + atEnds + "; " + atLongEnds;
  }
}
