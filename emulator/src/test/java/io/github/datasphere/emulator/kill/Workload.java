package io.github.datasphere.emulator.kill;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Random;

/** One client: makes jobs, uploads, runs, follows, cancels and deletes until the server is dead. */
final class Workload implements Runnable {
  private static final int SHARED = 4;
  private static final int LARGE_BYTES = 8 << 20;

  private final JobClient client;
  private final Path runs;
  private final Random random;
  private final Queue<Promise> promises;
  private final Queue<String> broken;

  Workload(JobClient client, Path runs, long seed, Queue<Promise> promises, Queue<String> broken) {
    this.client = client;
    this.runs = runs;
    this.random = new Random(seed);
    this.promises = promises;
    this.broken = broken;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        oneJob();
      }
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        broken.add("a client was answered " + e.getStatus());
      }
    } catch (IOException e) {
      // The server is dead
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void oneJob() throws IOException, InterruptedException {
    if (random.nextInt(3) == 0) {
      oldJob();
    }
    var promise = create();
    if (random.nextInt(12) == 0) {
      return;
    }
    promise.executeAsked = true;
    promise.operation = client.execute(promise.jobId).getId();
    if (random.nextInt(10) == 0) {
      promise.cancelAsked = true;
      client.cancel(promise.jobId);
    }
    if (random.nextInt(4) > 0) {
      client.stdout(promise.jobId, promise::saw);
    }
  }

  private Promise create() throws IOException, InterruptedException {
    var token = Long.toUnsignedString(random.nextLong(), 36);
    int lines = 1 + random.nextInt(30);
    var content = content();
    var answer = client.create(command(token, lines), content);
    var created = JobClient.created(answer);
    var promise = new Promise(token, lines, content, created.getJobId(), answer.getId());
    promises.add(promise);
    for (var url : JobClient.needed(created)) {
      int status = client.put(url, content);
      if (status != 200) {
        broken.add("an upload was answered " + status);
      }
    }
    promise.uploaded = true;
    return promise;
  }

  /** Something with a job that this client has seen end. */
  private void oldJob() {
    var old = promises.poll();
    if (old == null) {
      return;
    }
    promises.add(old);
    switch (old.takeBack(random)) {
      case NOTHING -> {}
      case DATA -> old.cleared = client.deleteData(old.jobId).getDone();
      case JOB -> old.deleteOperation = client.delete(old.jobId).getId();
    }
  }

  private String command(String token, int lines) {
    var seen = runs.resolve(token);
    return "echo run >> " + seen + "; for i in $(seq " + lines
        + "); do echo line $i; sleep 0.02; done; cp in.bin out.bin";
  }

  /** Of one's own, or one of those that many jobs have. */
  private byte[] content() {
    int kind = random.nextInt(8);
    var from = kind < 4 ? new Random(random.nextInt(SHARED)) : random;
    var content = new byte[kind == 7 ? LARGE_BYTES : 1 + from.nextInt(200_000)];
    from.nextBytes(content);
    return content;
  }
}
