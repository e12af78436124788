package io.github.datasphere.emulator.kill;

import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.kill.RecordingDisk.Done;
import io.github.datasphere.proto.operation.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The work of three servers, one after another, on a disk that notes all of it: jobs with files of
 * their own and shared ones, so many changes that the journal turns, deletions, a stop, a kill.
 */
final class RecordedWork {
  static final String COMMAND = "for i in 1 2 3 4 5; do echo line $i; done; cp in.bin out.bin";
  static final String JOURNAL = "state/journal";
  static final String STDOUT = "line 1\nline 2\nline 3\nline 4\nline 5\n";

  private static final int LONG_BYTES = 500_000;
  private static final int LONG_JOBS = 5;

  private final Path dataDir;
  private final RecordingDisk disk;
  private final List<Long> stops = new ArrayList<>();
  private final List<RecordedJob> jobs = new ArrayList<>();

  RecordedWork(Path folder) throws IOException, InterruptedException {
    this.dataDir = folder.resolve("data");
    this.disk = RecordingDisk.build(folder, dataDir);
  }

  Path dataDir() {
    return dataDir;
  }

  List<RecordedJob> jobs() {
    return jobs;
  }

  /** How long the record was each time that a server had been stopped in order. */
  List<Long> stops() {
    return stops;
  }

  List<Done> done() throws IOException {
    return disk.done();
  }

  void run() throws IOException, InterruptedException {
    serve(true, client -> {
      var first = ended(client, content(1));
      uploaded(client, content(2));
      for (int i = 0; i < LONG_JOBS; i++) {
        created(client.create("true # " + "x".repeat(LONG_BYTES), content(3)), content(3));
      }
      ended(client, content(1));
      first.takenBack = disk.position();
      client.delete(first.id);
      first.deleted = disk.position();
      uploaded(client, content(6)); // else the stop would sync what the deletion has not
    });
    serve(false, client -> {
      var cleared = ended(client, content(4));
      cleared.takenBack = disk.position();
      client.deleteData(cleared.id);
      cleared.cleared = disk.position();
      ended(client, content(2));
      created(client.createWithPassword("true", content(3)), content(3));
      client.execute(uploaded(client, content(5)).id);
      awaitSyncOfJournal();
    });
    serve(true, client -> {
      // Else its processes would wait for a server that takes its outputs
      DataDirectory.awaitEnd(client, jobs.get(jobs.size() - 1).id);
      ended(client, content(4));
    });
  }

  /** The work of one server. */
  @FunctionalInterface
  private interface Shift {
    void work(JobClient client) throws IOException, InterruptedException;
  }

  private void serve(boolean stop, Shift shift) throws IOException, InterruptedException {
    var server = KilledServer.start(dataDir, disk.environment())
        .orElseThrow(() -> new AssertionError("see " + KilledServer.log(dataDir)));
    try (var client = new JobClient(server.address())) {
      shift.work(client);
      if (stop && !server.stop()) {
        throw new AssertionError("the server does not stop");
      }
    } finally {
      server.kill();
    }
    if (stop) {
      stops.add(disk.position());
    }
  }

  /** It comes by itself while the server goes on. */
  private void awaitSyncOfJournal() throws IOException {
    long now = disk.position();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions() // the record may be read while it grows
        .until(() -> disk.done().stream().anyMatch(it -> it.end() > now && it.isSyncOf(JOURNAL)));
  }

  private RecordedJob created(Operation create, byte[] content) throws IOException {
    var created = JobClient.created(create);
    var job = new RecordedJob(created.getJobId(), content, disk.position());
    jobs.add(job);
    return job;
  }

  private RecordedJob uploaded(JobClient client, byte[] content)
      throws IOException, InterruptedException {
    var create = client.create(COMMAND, content);
    var job = created(create, content);
    for (var url : JobClient.needed(JobClient.created(create))) {
      client.put(url, content);
    }
    job.uploaded = disk.position();
    return job;
  }

  private RecordedJob ended(JobClient client, byte[] content)
      throws IOException, InterruptedException {
    var job = uploaded(client, content);
    client.execute(job.id);
    DataDirectory.awaitEnd(client, job.id);
    job.ended = disk.position();
    return job;
  }

  /** Always the same for one number. */
  static byte[] content(int number) {
    var content = new byte[40_000 * number];
    new Random(number).nextBytes(content);
    return content;
  }
}
