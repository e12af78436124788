package io.github.datasphere.emulator.files.minio;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static io.github.datasphere.emulator.files.Contents.keyOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileGrant.Method;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.FileStoreContract;
import io.github.datasphere.emulator.files.minio.MinioFileStore.Times;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store against a real server; each test has a part of the bucket to itself. */
class MinioFileStoreIT extends FileStoreContract {
  private static final Times NOW = new Times(Clock.systemUTC(), Clock.systemUTC());
  private static final int LARGE = 12_000_000;

  @TempDir
  private static Path folder;

  private static MinioServer server;

  @BeforeAll
  static void startServer() throws IOException {
    server = MinioServer.start(folder);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected FileStore newStore() throws IOException {
    return MinioFileStore.open(server.settings(), NOW);
  }

  @Test
  void aClientPutsAndGetsPastTheEmulator() throws Exception {
    var content = bytesOf("direct", LARGE);
    var key = keyOf(PROJECT, content);
    try (var store = newStore()) {
      assertThat(DirectTransfer.put(store, key, content).statusCode()).isEqualTo(200);

      assertThat(store.size(key)).hasValue(LARGE);
      var got = DirectTransfer.get(store, key);
      assertThat(got.body()).isEqualTo(content);
      assertThat(got.headers().firstValue("Content-Disposition")).contains("attachment");
    }
  }

  @Test
  void theServerItselfRefusesOtherContentThanAnnounced() throws Exception {
    var key = keyOf(PROJECT, bytesOf("announced", 1000));
    try (var store = newStore()) {
      var answer = DirectTransfer.put(store, key, bytesOf("other", 1000));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("XAmzContentSHA256Mismatch");
      assertThat(store.contains(key)).isFalse();
      assertThat(store.takeIn(DirectTransfer.JOB, key, 1000)).isFalse();
    }
  }

  @Test
  void anEmptyFileCanBeGot() throws Exception {
    try (var store = newStore()) {
      var got = DirectTransfer.get(store, new FileKey(PROJECT, JobFile.EMPTY_SHA256));

      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(got.body()).isEmpty();
    }
  }

  @Test
  void aUrlIsGoodForItsOwnMethodAndObjectAlone() throws Exception {
    var content = "abc".getBytes(UTF_8);
    var key = keyOf(PROJECT, content);
    try (var store = newStore()) {
      var put = DirectTransfer.url(store, Method.PUT, key, Duration.ofHours(1));
      assertThat(DirectTransfer.send(HttpRequest.newBuilder(put).GET()).statusCode())
          .isEqualTo(403);
      var other = URI.create(put.toString().replace(key.sha256() + "?", "other?"));
      assertThat(DirectTransfer.send(
                  HttpRequest.newBuilder(other).PUT(BodyPublishers.ofByteArray(content)))
              .statusCode())
          .isEqualTo(403);
    }
  }

  /** Its own rule, which docs/testing.md names: the embedded storage takes such an upload. */
  @Test
  void anUploadWithoutALengthIsRefusedByMinio() throws Exception {
    var content = "abc".getBytes(UTF_8);
    try (var store = newStore()) {
      var put = DirectTransfer.url(store, Method.PUT, keyOf(PROJECT, content), Duration.ofHours(1));
      var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content));

      assertThat(DirectTransfer.send(HttpRequest.newBuilder(put).PUT(chunked)).statusCode())
          .isEqualTo(411);
    }
  }

  @Test
  void anExpiredUrlIsRefused() throws Exception {
    var past = Clock.offset(Clock.systemUTC(), Duration.ofHours(-2));
    try (var store = MinioFileStore.open(server.settings(), new Times(past, past))) {
      var key = keyOf(PROJECT, new byte[1]);
      var url = store.presign(new FileGrant(
          Method.GET, DirectTransfer.JOB, key, 1, past.instant().plus(Duration.ofHours(1))));

      var answer = DirectTransfer.send(HttpRequest.newBuilder(url).GET());

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(new String(answer.body(), UTF_8)).contains("expired");
    }
  }

  @Test
  void emulatorsInOneBucketSeeNothingOfEachOther() throws Exception {
    var content = bytesOf("mine", 1000);
    try (var mine = newStore();
        var other = newStore()) {
      var key = publish(mine, content);

      assertThat(other.contains(key)).isFalse();
      assertThat(other.list()).isEmpty();
      publish(other, content);
      other.delete(key);
      assertThat(mine.contains(key)).isTrue();
    }
  }

  @Test
  void aProjectIsListedByItself() throws Exception {
    try (var store = newStore()) {
      var key = publish(store, bytesOf("listed", 10));

      assertThat(store.list(PROJECT)).containsExactly(key);
      assertThat(store.list(new ProjectId("bt1"))).isEmpty();
    }
  }

  @Test
  void whatWasStagedAndForgottenGoesAtTheNextStart() throws Exception {
    var settings = server.settings();
    var content = bytesOf("forgotten", LARGE);
    try (var store = MinioFileStore.open(settings, NOW)) {
      store.stage(PROJECT, new ByteArrayInputStream(content), Long.MAX_VALUE);
      assertThat(objects(settings)).anyMatch(name -> name.contains("/staging/"));
    }

    MinioFileStore.open(settings, NOW).close();

    assertThat(objects(settings)).noneMatch(name -> name.contains("/staging/"));
  }

  @Test
  void largeContentThatBreaksOffLeavesNothing() throws Exception {
    var settings = server.settings();
    var broken = new SequenceInputStream(
        new ByteArrayInputStream(bytesOf("broken", LARGE)), new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the content broke off");
          }
        });
    try (var store = MinioFileStore.open(settings, NOW)) {
      assertThatThrownBy(() -> store.stage(PROJECT, broken, Long.MAX_VALUE))
          .isInstanceOf(IOException.class)
          .hasMessage("the content broke off");
      assertThat(objects(settings)).hasSize(1);
    }
  }

  @Test
  void largeContentAboveTheLimitIsRefused() throws Exception {
    var settings = server.settings();
    try (var store = MinioFileStore.open(settings, NOW)) {
      assertThatThrownBy(() ->
              store.stage(PROJECT, new ByteArrayInputStream(bytesOf("larger", LARGE)), LARGE - 1))
          .isInstanceOfSatisfying(
              FileRejectedException.class,
              e -> assertThat(e.reason()).isEqualTo(FileRejectedException.Reason.TOO_LARGE));
      assertThat(objects(settings)).hasSize(1);
    }
  }

  @Test
  void whatAServerDoesNotCheckIsCheckedBeforeItCounts() throws Exception {
    var content = bytesOf("unchecked", LARGE);
    var key = keyOf(PROJECT, content);
    var settings = server.settings();
    try (var store = MinioFileStore.open(settings, NOW, (check, object, now) -> false, () -> {})) {
      assertThat(store.takeIn(DirectTransfer.JOB, key, LARGE)).isFalse();
      assertThat(DirectTransfer.put(store, key, bytesOf("other", LARGE)).statusCode())
          .isEqualTo(200);
      assertThat(store.contains(key)).isFalse();
      assertThatThrownBy(() -> store.takeIn(DirectTransfer.JOB, key, LARGE))
          .isInstanceOf(FileRejectedException.class)
          .hasMessageContaining(key.sha256());
      assertThat(store.takeIn(DirectTransfer.JOB, key, LARGE)).isFalse();

      DirectTransfer.put(store, key, content);
      assertThat(store.contains(key)).isFalse();
      assertThat(store.takeIn(DirectTransfer.JOB, key, LARGE)).isTrue();

      assertThat(DirectTransfer.get(store, key).body()).isEqualTo(content);
      assertThat(objects(settings)).noneMatch(name -> name.contains("/incoming/"));
    }
  }

  @Test
  void aTemporaryEmulatorLeavesNothing() throws Exception {
    var settings = temporary("here-1-2-a", false);
    try (var store = MinioFileStore.open(settings, NOW)) {
      publish(store, bytesOf("gone", 10));
      assertThat(objects(settings)).hasSize(2);
    }

    assertThat(objects(settings)).isEmpty();
  }

  @Test
  void whatAKilledTemporaryEmulatorLeftGoesWithTheNext() throws Exception {
    var killed = temporary("here-1-2-killed", false);
    publish(MinioFileStore.open(killed, NOW), bytesOf("left", 10));

    MinioFileStore.open(temporary("here-1-2-next", true), NOW).close();

    assertThat(objects(killed)).isEmpty();
  }

  private static MinioSettings temporary(String id, boolean sweeps) {
    var settings = server.settings();
    return new MinioSettings(
        settings.endpoint(),
        settings.publicEndpoint(),
        settings.bucket(),
        settings.keys(),
        settings.dialect(),
        Namespace.temporary(id, name -> sweeps && name.endsWith("killed")));
  }

  private static List<String> objects(MinioSettings settings) throws IOException {
    var http = Connection.http(settings);
    try (var bucket = new Bucket(
        Connection.client(settings, http),
        settings.bucket(),
        new S3Errors(settings, Clock.systemUTC()))) {
      return bucket
          .list(settings.namespace().name() + "/")
          .map(Item::objectName)
          .toList();
    }
  }

  private static FileKey publish(FileStore store, byte[] content) throws IOException {
    try (var staged = store.stage(PROJECT, new ByteArrayInputStream(content), Long.MAX_VALUE)) {
      staged.publish();
      return staged.key();
    }
  }
}
