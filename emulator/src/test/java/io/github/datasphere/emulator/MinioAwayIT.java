package io.github.datasphere.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.files.minio.MinioServer;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A MinIO that is away when a job has ended. */
class MinioAwayIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir
  private Path folder;

  private MinioServer minio;

  @BeforeEach
  void start() throws Exception {
    minio = MinioServer.start(folder.resolve("minio"));
  }

  @AfterEach
  void stop() {
    if (minio != null) {
      minio.close();
    }
  }

  @Test
  void outputsAreStoredOnceItIsBack() throws Exception {
    try (var server = server();
        var client = new StormClient(server.channel())) {
      var content = "kept until it is back".getBytes(UTF_8);
      var job = client.run(content, waiting());
      client.awaitExecuting(job);
      minio.kill();
      Files.createFile(gate());
      awaitCollecting(client, job);

      minio.start();

      assertThat(client.endOf(job)).isEqualTo(JobStatus.SUCCESS);
      assertThat(client.output(job)).isEqualTo(content);
    }
  }

  @Test
  void cancelDoesNotWaitForOneThatSaysNothing() throws Exception {
    try (var server = server();
        var client = new StormClient(server.channel())) {
      var job = client.run("given up".getBytes(UTF_8), waiting());
      client.awaitExecuting(job);
      minio.suspend();
      Files.createFile(gate());
      awaitCollecting(client, job);

      client.jobs().cancel(CancelProjectJobRequest.newBuilder().setJobId(job).build());

      // It answers nothing for five minutes, and the client of S3 asks it again and again
      await().atMost(Duration.ofMinutes(1)).until(() -> status(client, job) == JobStatus.CANCELLED);
      minio.resume();
    }
  }

  private static void awaitCollecting(StormClient client, String job) {
    await().atMost(PATIENCE).until(() -> status(client, job) == JobStatus.UPLOADING_OUTPUT);
  }

  private static JobStatus status(StormClient client, String job) {
    var request = GetProjectJobRequest.newBuilder().setJobId(job).build();
    return client.jobs().get(request).getStatus();
  }

  private String waiting() {
    return "while ! [ -e " + gate() + " ]; do sleep 0.1; done; cat in.bin > out.bin";
  }

  private Path gate() {
    return folder.resolve("gate");
  }

  private StoringServer server() throws Exception {
    return StoringServer.start(folder.resolve("data"), minio.endpoint(), List.of(), Map.of());
  }
}
