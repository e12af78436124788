package io.github.datasphere.emulator.bench;

import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileGrant.Method;
import io.github.datasphere.emulator.files.minio.MinioFileStore;
import io.github.datasphere.emulator.files.minio.MinioFileStore.Times;
import io.github.datasphere.emulator.files.minio.MinioServer;
import io.github.datasphere.emulator.files.minio.MinioSettings;
import io.github.datasphere.emulator.files.minio.MinioSettings.Dialect;
import io.github.datasphere.emulator.files.minio.Namespace;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Row 8 where files are in MinIO: straight from the client to it, with the URL that the emulator
 * signs, beside a URL that MinIO's own client signs, of which MinIO checks nothing.
 */
final class MinioRow implements BenchRow {
  private static final int ROUNDS = 3;
  private static final JobId JOB = new JobId("bench");
  private static final String REGION = "us-east-1";
  private final Method method;

  private MinioRow(Method method) {
    this.method = method;
  }

  static MinioRow upload() {
    return new MinioRow(Method.PUT);
  }

  static MinioRow download() {
    return new MinioRow(Method.GET);
  }

  @Override
  public int number() {
    return 8;
  }

  @Override
  public String figure() {
    return switch (method) {
      case PUT -> "2 GiB upload to MinIO, sha256 checked by it";
      case GET -> "2 GiB download from MinIO";
    };
  }

  @Override
  public Result measure() throws Exception {
    var key = new FileKey(new ProjectId("bench"), Upload.sha256());
    var directory = Files.createTempDirectory("bench-minio");
    try (var server = MinioServer.start(directory);
        var store = MinioFileStore.open(
            settings(server.endpoint()), new Times(Clock.systemUTC(), Clock.systemUTC()));
        var plain = client(server.endpoint())) {
      var ours = new ArrayList<Duration>();
      var bare = new ArrayList<Duration>();
      for (int i = 0; i < ROUNDS; i++) {
        // In turn: what else the machine does meets both alike
        if (method == Method.PUT || i == 0) {
          var unchecked = Upload.to(plainUrl(plain, Method.PUT));
          store.delete(key);
          var checked = Upload.to(url(store, key, Method.PUT));
          if (method == Method.PUT) {
            bare.add(unchecked);
            ours.add(checked);
          }
        }
        if (!store.contains(key)) {
          throw new IOException("the file is not stored");
        }
        if (method == Method.GET) {
          bare.add(Upload.from(plainUrl(plain, Method.GET)));
          ours.add(Upload.from(url(store, key, Method.GET)));
        }
      }
      return new Result(
          Quantity.of(median(ours)),
          new Result.Peer("URL that MinIO's client signs, unchecked", Quantity.of(median(bare))),
          List.of(Aim.atMostTimesPeer(1.3)));
    } finally {
      UploadRow.delete(directory);
    }
  }

  private static URI url(MinioFileStore store, FileKey key, Method method) {
    var expires = Clock.systemUTC().instant().plus(Duration.ofHours(1));
    return store.presign(new FileGrant(method, JOB, key, Upload.SIZE_BYTES, expires));
  }

  private static URI plainUrl(MinioClient client, Method method) throws Exception {
    return URI.create(client.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
        .method(method == Method.PUT ? Http.Method.PUT : Http.Method.GET)
        .bucket(MinioServer.BUCKET)
        .object("plain")
        .build()));
  }

  private static MinioClient client(URI endpoint) {
    return MinioClient.builder()
        .endpoint(endpoint.toString())
        .region(REGION)
        .credentials(MinioServer.KEYS.access(), MinioServer.KEYS.secret())
        .build();
  }

  private static MinioSettings settings(URI endpoint) {
    return new MinioSettings(
        endpoint,
        endpoint,
        MinioServer.BUCKET,
        MinioServer.KEYS,
        new Dialect(REGION, true, Optional.empty()),
        Namespace.kept("bench"));
  }

  private static Duration median(List<Duration> durations) {
    return durations.stream().sorted().toList().get(ROUNDS / 2);
  }
}
