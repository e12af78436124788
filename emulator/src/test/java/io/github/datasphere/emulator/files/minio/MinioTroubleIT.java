package io.github.datasphere.emulator.files.minio;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static io.github.datasphere.emulator.files.Contents.keyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.files.StorageException.Reason;
import io.github.datasphere.emulator.files.minio.MinioFileStore.Times;
import io.github.datasphere.emulator.files.minio.MinioSettings.Dialect;
import io.github.datasphere.emulator.files.minio.MinioSettings.Keys;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said and kept when the server is away, refuses, or fails half-way. */
class MinioTroubleIT {
  private static final Times NOW = new Times(Clock.systemUTC(), Clock.systemUTC());
  private static final ProjectId PROJECT = new ProjectId("bt1fixture0000000000");
  private static final int LARGE = 12_000_000;
  private static final String ERROR = "<Error><Code>%s</Code><Message>ordered</Message></Error>";

  @TempDir
  private Path folder;

  private MinioServer server;
  private FaultyProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = MinioServer.start(folder);
    proxy = new FaultyProxy(server.endpoint());
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void aServerThatIsAwayIsNamedWithWhatToDo() throws IOException {
    var settings = server.settings();
    try (var store = MinioFileStore.open(settings, NOW)) {
      server.kill();

      fails(Reason.UNAVAILABLE, () -> store.size(keyOf(PROJECT, new byte[1])))
          .contains(settings.endpoint().toString(), "Start it", "storage.minio.endpoint");
      fails(Reason.UNAVAILABLE, () -> MinioFileStore.open(settings, NOW));
      fails(Reason.UNAVAILABLE, () -> publish(store, bytesOf("away", LARGE)));
      fails(Reason.UNAVAILABLE, () -> publish(store, bytesOf("away", 10)));
      fails(Reason.UNAVAILABLE, () -> store.open(keyOf(PROJECT, new byte[1]), 0));
      fails(Reason.UNAVAILABLE, () -> store.delete(keyOf(PROJECT, new byte[1])));
      assertThatThrownBy(() -> store.list().toList()).hasCauseInstanceOf(StorageException.class);
    }
  }

  @Test
  void aServerThatComesBackIsUsedAgain() throws IOException {
    try (var store = MinioFileStore.open(server.settings(), NOW)) {
      var key = publish(store, bytesOf("kept", 1000));
      server.kill();
      fails(Reason.UNAVAILABLE, () -> store.size(key));

      server.start();

      assertThat(store.contains(key)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 64 * 1024, 200_000})
  void anObjectThatWasSwappedByHandIsNotGivenOut(int size) throws IOException {
    try (var store = MinioFileStore.open(server.settings(), NOW)) {
      var content = bytesOf("kept", size);
      var key = publish(store, content);
      try (var sound = store.open(key, 0)) {
        assertThat(sound.readAllBytes()).isEqualTo(content);
      }

      StoredObjects.replace(server.endpoint(), key.sha256(), bytesOf("swapped", size));

      fails(Reason.REFUSED, () -> {
            try (var swapped = store.open(key, 0)) {
              swapped.readNBytes(size);
            }
          })
          .contains(key.sha256(), "changed by hand");
    }
  }

  @Test
  void aFileThatIsDamagedThereIsToldAsDamaged() throws IOException {
    try (var store = MinioFileStore.open(server.settings(), NOW)) {
      var key = publish(store, bytesOf("damaged", 3_000_000));
      var data = dataOf(key);
      try (var part = FileChannel.open(data, StandardOpenOption.WRITE)) {
        part.truncate(1_500_000);
      }

      fails(Reason.REFUSED, () -> store.open(key, 0).readAllBytes())
          .contains("damaged", key.sha256(), "create the job again")
          .doesNotContain("cannot be reached");

      Files.delete(data);
      fails(Reason.REFUSED, () -> store.open(key, 0).readAllBytes()).contains("damaged");
    }
  }

  private Path dataOf(FileKey key) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.endsWith("part.1") && file.toString().contains(key.sha256()))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void wrongKeysAreNamed() {
    var settings = server.settings();
    fails(Reason.REFUSED, () -> open(settings, new Keys(settings.keys().access(), "wrong-one")))
        .contains("storage.minio.access-key and secret-key", "SignatureDoesNotMatch")
        .doesNotContain("wrong-one");
    fails(Reason.REFUSED, () -> open(settings, new Keys("nobody", "wrong-one")))
        .contains("storage.minio.access-key and secret-key", "InvalidAccessKeyId");
  }

  @Test
  void aClockThatIsWrongIsNamedWithTheDifference() throws IOException {
    var noon = Clock.fixed(Instant.parse("2026-01-01T01:00:00Z"), ZoneOffset.UTC);
    try (var store =
        MinioFileStore.open(MinioServer.at(proxy.uri()), new Times(noon, Clock.systemUTC()))) {
      proxy.answer(100, 403, ERROR.formatted("RequestTimeTooSkewed"));

      fails(Reason.REFUSED, () -> publish(store, bytesOf("skewed", 10)))
          .contains("clock", "Set the clocks right")
          .containsPattern("by \\d+ seconds");
    }
  }

  @Test
  void anotherRegionIsNamed() throws IOException {
    try (var elsewhere = MinioServer.start(
        folder.resolve("b"), folder.resolve("b/disk"), Map.of("MINIO_SITE_REGION", "eu-north-7"))) {
      fails(Reason.REFUSED, () -> MinioFileStore.open(elsewhere.settings(), NOW))
          .contains("storage.minio.region", "eu-north-7");

      var settings = with(elsewhere.settings(), new Dialect("eu-north-7", true, Optional.empty()));
      try (var store = MinioFileStore.open(settings, NOW)) {
        publish(store, bytesOf("there", 10));
        assertThat(store.list()).hasSize(1);
      }
    }
  }

  @Test
  void aBucketThatIsGoneIsNoEmptyOne() throws Exception {
    var settings = server.settings();
    try (var store = MinioFileStore.open(settings, NOW)) {
      var key = publish(store, bytesOf("gone", 10));
      removeBucket(settings);

      fails(Reason.REFUSED, () -> store.size(key)).contains("bucket jobs is gone");
      fails(Reason.REFUSED, () -> publish(store, bytesOf("new", 10))).contains("is gone");
    }
  }

  @Test
  void aFailureThatPassesIsNotNoticed() throws IOException {
    try (var store = MinioFileStore.open(MinioServer.at(proxy.uri()), NOW)) {
      proxy.answer(2, 500, ERROR.formatted("InternalError"));

      var key = publish(store, bytesOf("through", 1000));

      assertThat(store.contains(key)).isTrue();
    }
  }

  @Test
  void aFailureThatStaysIsToldAndLeavesNothing() throws IOException {
    var content = bytesOf("half", LARGE);
    try (var store = MinioFileStore.open(MinioServer.at(proxy.uri()), NOW)) {
      proxy.answer(1000, 503, ERROR.formatted("SlowDownWrite"));

      fails(Reason.UNAVAILABLE, () -> publish(store, content)).contains("503", "SlowDownWrite");

      proxy.heal();
      assertThat(store.contains(keyOf(PROJECT, content))).isFalse();
      assertThat(store.list()).isEmpty();
    }
  }

  @Test
  void aDownloadThatBreaksOffIsNoEnd() throws IOException {
    var content = bytesOf("cut", LARGE);
    try (var store = MinioFileStore.open(MinioServer.at(proxy.uri()), NOW)) {
      var key = publish(store, content);
      proxy.cutAfter(5_000_000);

      fails(Reason.UNAVAILABLE, () -> {
        try (var read = store.open(key, 0)) {
          read.readAllBytes();
        }
      });
    }
  }

  @Test
  void clientsAreSentToThePublicEndpoint() throws Exception {
    var inside = server.settings();
    var settings = new MinioSettings(
        inside.endpoint(),
        proxy.uri(),
        inside.bucket(),
        inside.keys(),
        inside.dialect(),
        inside.namespace());
    var content = bytesOf("public", 100_000);
    try (var store = MinioFileStore.open(settings, NOW)) {
      assertThat(proxy.passed()).isZero();

      var put = DirectTransfer.put(store, keyOf(PROJECT, content), content);

      assertThat(put.statusCode()).isEqualTo(200);
      assertThat(proxy.passed()).isGreaterThan(content.length);
      assertThat(store.list()).hasSize(1);
    }
  }

  private static void removeBucket(MinioSettings settings) throws Exception {
    var http = Connection.http(settings);
    try (var client = Connection.client(settings, http)) {
      var bucket = new Bucket(client, settings.bucket(), new S3Errors(settings, Clock.systemUTC()));
      bucket.dropAll("");
      client.removeBucket(
          io.minio.RemoveBucketArgs.builder().bucket(settings.bucket()).build());
    }
  }

  private static void open(MinioSettings settings, Keys keys) throws IOException {
    MinioFileStore.open(
            new MinioSettings(
                settings.endpoint(),
                settings.publicEndpoint(),
                settings.bucket(),
                keys,
                settings.dialect(),
                settings.namespace()),
            NOW)
        .close();
  }

  static MinioSettings with(MinioSettings settings, Dialect dialect) {
    return new MinioSettings(
        settings.endpoint(),
        settings.publicEndpoint(),
        settings.bucket(),
        settings.keys(),
        dialect,
        settings.namespace());
  }

  private static org.assertj.core.api.AbstractStringAssert<?> fails(
      Reason reason, ThrowingCallable action) {
    var failure = org.assertj.core.api.Assertions.catchThrowable(action);
    assertThat(failure)
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    return assertThat(failure.getMessage());
  }

  private static FileKey publish(MinioFileStore store, byte[] content) throws IOException {
    try (var staged = store.stage(PROJECT, new ByteArrayInputStream(content), Long.MAX_VALUE)) {
      staged.publish();
      return staged.key();
    }
  }
}
