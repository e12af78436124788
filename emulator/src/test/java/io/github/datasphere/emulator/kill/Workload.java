package io.github.datasphere.emulator.kill;

import io.github.datasphere.proto.operation.Operation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Random;

/** One client: makes jobs, uploads, runs, follows, cancels and deletes until the server is dead. */
final class Workload {
  private static final int SHARED = 4;

  private final JobClient client;
  private final Path runs;
  private final Random random;
  private final Insistence insistence;
  private final Promises.Load load;

  Workload(JobClient client, Path runs, long seed, Insistence insistence, Promises.Load load) {
    this.load = load;
    this.client = client;
    this.runs = runs;
    this.random = new Random(seed);
    this.insistence = insistence;
  }

  /** Adds to the promises what the server acknowledges, and to the broken ones what it refuses. */
  void run(Queue<Promise> promises, Queue<String> broken) {
    try {
      while (!insistence.isOver()) {
        oneJob(promises);
      }
    } catch (StatusRuntimeException e) {
      if (!insistence.isServerGone() || e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        broken.add("a client was answered " + e.getStatus());
      }
    } catch (IOException e) {
      if (!insistence.isServerGone()) {
        broken.add("a client had " + e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void oneJob(Queue<Promise> promises) throws IOException, InterruptedException {
    if (random.nextInt(3) == 0) {
      oldJob(promises);
    }
    var promise = create(promises);
    if (random.nextInt(12) == 0) {
      return;
    }
    promise.executeAsked = true;
    var operation = insistence.make("Execute", () -> client.execute(promise.jobId));
    promise.operation = operation.getId();
    if (random.nextInt(10) == 0) {
      promise.cancelAsked = true;
      insistence.make("Cancel", () -> client.cancel(promise.jobId));
    }
    if (random.nextInt(4) > 0) {
      insistence.make("ReadLogs", () -> client.stdout(promise.jobId, promise::saw));
    }
  }

  private Promise create(Queue<Promise> promises) throws IOException, InterruptedException {
    var token = Long.toUnsignedString(random.nextLong(), 36);
    int lines = 1 + random.nextInt(30);
    var content = content();
    var answer = insistence.make("Create", () -> create(token, lines, content));
    var created = JobClient.created(answer);
    var promise = new Promise(token, lines, content, created.getJobId(), answer.getId());
    promises.add(promise);
    for (var url : JobClient.needed(created)) {
      insistence.make("PUT", () -> client.put(url, content));
    }
    promise.uploaded = true;
    return promise;
  }

  /** Something with a job that this client has seen end. */
  private void oldJob(Queue<Promise> promises) throws IOException, InterruptedException {
    var old = promises.poll();
    if (old == null) {
      return;
    }
    promises.add(old);
    switch (old.takeBack(random)) {
      case NOTHING -> {}
      case DATA ->
        old.cleared =
            insistence.make("DeleteData", () -> client.deleteData(old.jobId)).getDone();
      case JOB ->
        old.deleteOperation =
            insistence.make("Delete", () -> client.delete(old.jobId)).getId();
    }
  }

  private Operation create(String token, int lines, byte[] content) {
    return load.runsOnDisk()
        ? client.createWithDisk(command("\"$DS_PROJECT_HOME\"/" + token, lines), content)
        : client.create(command(runs.resolve(token).toString(), lines), content);
  }

  private static String command(String seen, int lines) {
    return "echo run >> " + seen + "; for i in $(seq " + lines
        + "); do echo line $i; sleep 0.02; done; cp in.bin out.bin";
  }

  /** Of one's own, or one of those that many jobs have. */
  private byte[] content() {
    int kind = random.nextInt(8);
    var from = kind < 4 ? new Random(random.nextInt(SHARED)) : random;
    var content = new byte[kind == 7 ? load.largeBytes() : 1 + from.nextInt(200_000)];
    from.nextBytes(content);
    return content;
  }
}
