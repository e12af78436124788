package io.github.datasphere.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.MinioConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.StorageConfig;
import io.github.datasphere.emulator.config.StorageKind;
import io.github.datasphere.emulator.config.UrlLifetimes;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.files.minio.MinioServer;
import io.github.datasphere.emulator.files.minio.StoredObjects;
import io.github.datasphere.emulator.http.HttpPorts;
import io.github.datasphere.proto.jobs.DeleteAllProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When files leave the bucket, with state in memory and in the data directory. */
@Execution(ExecutionMode.SAME_THREAD) // all look at the whole bucket
class MinioRetentionIT {
  private static final byte[] SHARED = "shared by many".getBytes(UTF_8);

  @TempDir
  private static Path shared;

  private static MinioServer server;

  @TempDir
  private Path folder;

  @BeforeAll
  static void startServer() throws IOException {
    server = MinioServer.start(shared);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileStaysAsLongAsAnyJobNeedsIt(boolean durable) throws Exception {
    try (var emulator = Emulator.inProcess(config(durable, RunnerKind.PROCESS));
        var client = new StormClient(emulator.channel())) {
      var first = client.run(SHARED);
      client.endOf(first);
      var second = client.run(SHARED);
      client.endOf(second);

      client
          .jobs()
          .deleteData(DeleteProjectJobDataRequest.newBuilder().setJobId(first).build());
      assertThat(client.output(second)).isEqualTo(SHARED);

      client.jobs().delete(DeleteProjectJobRequest.newBuilder().setJobId(second).build());
      await().until(() -> files().isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deletingAllDataOfAProjectEmptiesTheBucket(boolean durable) throws Exception {
    try (var emulator = Emulator.inProcess(config(durable, RunnerKind.PROCESS));
        var client = new StormClient(emulator.channel())) {
      client.endOf(client.run(SHARED));
      assertThat(files()).isNotEmpty();

      client
          .jobs()
          .deleteAllData(DeleteAllProjectJobDataRequest.newBuilder()
              .setProjectId("bt1project")
              .build());

      await().until(() -> files().isEmpty());
    }
  }

  @Test
  void expiredFilesLeaveTheBucket() throws Exception {
    try (var emulator =
            Emulator.testDouble(config(false, RunnerKind.SCRIPTED), false, new HttpPorts(0));
        var client = new StormClient(emulator.channel())) {
      emulator.whenExecuted(job -> true).thenRun(script -> script.writes("out.bin", SHARED));
      var job = client.run(SHARED);
      assertThat(client.endOf(job)).isEqualTo(JobStatus.SUCCESS);
      assertThat(files()).isNotEmpty();

      emulator.clock().advance(Duration.ofDays(14));

      assertThat(files()).isEmpty();
    }
  }

  @Test
  void whoWasToldThatAFileIsStoredNeverMissesIt() throws Exception {
    var pool = Executors.newFixedThreadPool(32);
    try (var emulator =
            Emulator.testDouble(config(false, RunnerKind.SCRIPTED), false, new HttpPorts(0));
        var client = new StormClient(emulator.channel())) {
      var tasks = new ArrayList<Callable<JobStatus>>();
      for (int i = 0; i < 96; i++) {
        tasks.add(() -> {
          var job = client.run(SHARED);
          var end = client.endOf(job);
          client
              .jobs()
              .deleteData(DeleteProjectJobDataRequest.newBuilder().setJobId(job).build());
          return end;
        });
      }
      for (var done : pool.invokeAll(tasks)) {
        assertThat(done.get()).isEqualTo(JobStatus.SUCCESS);
      }
      await().until(() -> files().isEmpty());
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<String> files() throws IOException {
    return StoredObjects.names(server.endpoint()).stream()
        .filter(name -> name.contains("/files/"))
        .toList();
  }

  private EmulatorConfig config(boolean durable, RunnerKind runner) {
    var config = EmulatorConfig.onFreePorts();
    var keys = new MinioConfig.Keys(
        new Secret(MinioServer.KEYS.access()), new Secret(MinioServer.KEYS.secret()));
    var minio = new MinioConfig(
        Optional.of(server.endpoint()),
        Optional.empty(),
        MinioServer.BUCKET,
        Optional.of(keys),
        MinioConfig.Dialect.usual(),
        "unused");
    return config
        .with(config.jobs().with(runner))
        .with(new StorageConfig(
            durable ? Optional.of(folder.resolve("data")) : Optional.empty(),
            StorageKind.MINIO,
            minio,
            UrlLifetimes.defaults()));
  }
}
