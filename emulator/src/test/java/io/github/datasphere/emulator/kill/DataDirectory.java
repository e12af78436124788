package io.github.datasphere.emulator.kill;

import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.jobs.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/** A data directory with one job in it that has run on a file; its server has stopped. */
record DataDirectory(Path path, byte[] content, String job, String operation) {
  private static final int CONTENT_BYTES = 100_000;
  private static final Set<JobStatus> ENDED =
      Set.of(JobStatus.SUCCESS, JobStatus.ERROR, JobStatus.CANCELLED);

  static DataDirectory make(Path path) throws IOException, InterruptedException {
    var content = new byte[CONTENT_BYTES];
    new Random(1).nextBytes(content);
    try (var emulator = start(path);
        var client = new JobClient(emulator.addresses().grpc())) {
      var job = upload(client, content);
      var operation = client.execute(job).getId();
      awaitEnd(client, job);
      return new DataDirectory(path, content, job, operation);
    }
  }

  /** A new job on this content, which it stores unless it is stored already. */
  static String upload(JobClient client, byte[] content) throws IOException, InterruptedException {
    var created = JobClient.created(client.create("cp in.bin out.bin; echo done", content));
    for (var url : JobClient.needed(created)) {
      client.put(url, content);
    }
    return created.getJobId();
  }

  static void awaitEnd(JobClient client, String job) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ENDED.contains(client.get(job).getStatus()));
  }

  static Emulator start(Path path) {
    var config = EmulatorConfig.onFreePorts().inDataDir(path);
    return Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)));
  }

  Emulator start() {
    return start(path);
  }

  /** Where the file of the job is stored: input and output are the same. */
  Path storedFile() throws IOException {
    try (var files = Files.walk(path.resolve("files/projects"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toFile().length() == CONTENT_BYTES)
          .findFirst()
          .orElseThrow();
    }
  }

  Path state(String file) {
    return path.resolve("state").resolve(file);
  }
}
