package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.MinioConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.StorageConfig;
import io.github.datasphere.emulator.config.StorageKind;
import io.github.datasphere.emulator.config.UrlLifetimes;
import io.github.datasphere.emulator.config.reading.Secret;
import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.emulator.files.minio.FaultyProxy;
import io.github.datasphere.emulator.files.minio.MinioServer;
import io.github.datasphere.emulator.files.minio.StoredObjects;
import io.github.datasphere.proto.jobs.JobStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs while their storage fails at random moments: killed and started again, answering 500,
 * breaking off. {@code -Dstorm.rounds=50} for the long version, {@code -Dstorm.seed=N} to repeat
 * one.
 */
class MinioStormIT {
  private static final int ROUNDS = Integer.getInteger("storm.rounds", 8);
  private static final int LARGEST = 8_000_000;
  private static final String ERROR =
      "<Error><Code>InternalError</Code><Message>ordered</Message></Error>";

  @TempDir
  private Path folder;

  private final ScheduledExecutorService faults = Executors.newSingleThreadScheduledExecutor();
  private MinioServer server;
  private FaultyProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = MinioServer.start(folder.resolve("minio"));
    proxy = new FaultyProxy(server.endpoint());
  }

  @AfterEach
  void stop() throws IOException {
    faults.shutdownNow();
    if (server != null) {
      server.close();
    }
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void noFailureOfTheStorageLosesWhatWasAcknowledged() throws Exception {
    long seed = Long.getLong("storm.seed", System.nanoTime());
    var counts = new TreeMap<String, Integer>();
    var kept = new TreeMap<String, ByteString>();
    try (var emulator = Emulator.inProcess(config());
        var client = new StormClient(emulator.channel())) {
      for (int round = 0; round < ROUNDS; round++) {
        var random = new Random(seed + round);
        var content = Contents.bytesOf(seed + "/" + round, 1 + random.nextInt(LARGEST));
        var fault = order(random, counts);
        var job = client.run(content);
        fault.get();
        var end = client.endOf(job);
        counts.merge("jobs " + end, 1, Integer::sum);
        if (end == JobStatus.SUCCESS) {
          kept.put(job, ByteString.copyFrom(content));
          assertThat(client.output(job))
              .as("output, seed %d, round %d", seed, round)
              .isEqualTo(content);
        } else {
          assertThat(client.reasons(job))
              .as("reasons, seed %d, round %d", seed, round)
              .isNotEmpty();
        }
      }
      for (var job : kept.entrySet()) {
        assertThat(client.output(job.getKey())).isEqualTo(job.getValue().toByteArray());
      }
    }
    var checked = StoredObjects.checkDigests(server.endpoint());
    Emulator.inProcess(config()).close();
    assertThat(StoredObjects.names(server.endpoint()))
        .noneMatch(name -> name.contains("/staging/"));
    System.out.printf(
        "Storm over MinIO: seed %d, %d failures, %s, %d files checked%n",
        seed, ROUNDS, counts, checked);
  }

  /** One failure at a random moment of the round, which ends by itself. */
  private Future<?> order(Random random, TreeMap<String, Integer> counts) {
    var begin = random.nextInt(400);
    var length = 100 + random.nextInt(700);
    var kind = random.nextInt(3);
    counts.merge(kind == 0 ? "kills" : kind == 1 ? "errors" : "cuts", 1, Integer::sum);
    var cut = 1 + random.nextInt(200_000);
    faults.schedule(
        () -> {
          if (kind == 0) {
            server.kill();
          } else if (kind == 1) {
            proxy.answer(Integer.MAX_VALUE, 500, ERROR);
          } else {
            proxy.cutAfter(cut);
          }
        },
        begin,
        TimeUnit.MILLISECONDS);
    return faults.schedule(
        () -> {
          proxy.heal();
          if (kind == 0) {
            server.start();
          }
          return kind;
        },
        begin + length,
        TimeUnit.MILLISECONDS);
  }

  private EmulatorConfig config() {
    var config = EmulatorConfig.onFreePorts();
    var keys = new MinioConfig.Keys(
        new Secret(MinioServer.KEYS.access()), new Secret(MinioServer.KEYS.secret()));
    URI endpoint = proxy.uri();
    var minio = new MinioConfig(
        Optional.of(endpoint),
        Optional.empty(),
        MinioServer.BUCKET,
        Optional.of(keys),
        MinioConfig.Dialect.usual(),
        "unused");
    return config
        .with(config.jobs().with(RunnerKind.PROCESS))
        .with(new StorageConfig(
            Optional.of(folder.resolve("data")),
            StorageKind.MINIO,
            minio,
            UrlLifetimes.defaults()));
  }
}
