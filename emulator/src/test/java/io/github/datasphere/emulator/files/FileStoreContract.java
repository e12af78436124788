package io.github.datasphere.emulator.files;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static io.github.datasphere.emulator.files.Contents.keyOf;
import static io.github.datasphere.emulator.files.Contents.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.files.FileGrant.Method;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every file store does; each adapter runs it. */
public abstract class FileStoreContract {
  protected static final ProjectId PROJECT = new ProjectId("bt1fixture0000000000");
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private FileStore store;

  /** A new store that holds nothing. */
  protected abstract FileStore newStore() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = newStore();
  }

  @AfterEach
  void closeStore() {
    if (store != null) { // there was what it needs
      store.close();
    }
  }

  @Test
  void whatIsPublishedIsReadBackUnchanged() throws IOException {
    var content = bytesOf("a", 1_000_000);

    var key = store(PROJECT, content);

    assertThat(store.contains(key)).isTrue();
    assertThat(store.size(key)).hasValue(content.length);
    assertThat(read(store, key, 0)).isEqualTo(content);
  }

  @Test
  void stagedContentIsKnownByItsDigestAndSize() throws IOException {
    try (var staged = stage(PROJECT, "abc".getBytes(UTF_8))) {
      assertThat(staged.sizeBytes()).isEqualTo(3);
      assertThat(staged.key())
          .isEqualTo(new FileKey(
              PROJECT, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }
  }

  @Test
  void stagedContentIsSeenByNobody() throws IOException {
    var content = bytesOf("hidden", 1000);
    try (var staged = stage(PROJECT, content)) {
      assertThat(store.contains(staged.key())).isFalse();
      assertThat(keys()).isEmpty();
      assertThatThrownBy(() -> store.open(staged.key(), 0)).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void contentThatIsNotPublishedIsDropped() throws IOException {
    var content = bytesOf("dropped", 1000);
    stage(PROJECT, content).close();

    assertThat(store.contains(keyOf(PROJECT, content))).isFalse();
    assertThat(keys()).isEmpty();
  }

  @Test
  void contentOfExactlyTheLimitIsTaken() throws IOException {
    var content = bytesOf("limit", 70_000);
    try (var staged = store.stage(PROJECT, new ByteArrayInputStream(content), 70_000)) {
      assertThat(staged.sizeBytes()).isEqualTo(70_000);
    }
  }

  @Test
  void contentLargerThanTheLimitIsRefused() throws IOException {
    var content = bytesOf("too large", 70_001);

    assertThatThrownBy(() -> store.stage(PROJECT, new ByteArrayInputStream(content), 70_000))
        .isInstanceOfSatisfying(
            FileRejectedException.class,
            e -> assertThat(e.reason()).isEqualTo(FileRejectedException.Reason.TOO_LARGE))
        .hasMessageContaining("70000 bytes");
    assertThat(keys()).isEmpty();
  }

  @Test
  void endlessContentIsReadOnlyALittleBeyondTheLimit() {
    var endless = new CountingZeros();

    assertThatThrownBy(() -> store.stage(PROJECT, endless, 100_000))
        .isInstanceOf(FileRejectedException.class);
    assertThat(endless.count).isLessThan(100_000 + 16 * 1024 * 1024);
  }

  @Test
  void contentThatBreaksOffLeavesNothing() throws IOException {
    var broken = new SequenceInputStream(
        new ByteArrayInputStream(bytesOf("broken", 100_000)), new BrokenStream());

    assertThatThrownBy(() -> store.stage(PROJECT, broken, NO_LIMIT))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(FileRejectedException.class)
        .hasMessageContaining("broke off");
    assertThat(keys()).isEmpty();
  }

  @Test
  void publishingWhatIsThereAlreadyChangesNothing() throws IOException {
    var content = bytesOf("twice", 100_000);
    store(PROJECT, content);

    var key = store(PROJECT, content);

    assertThat(read(store, key, 0)).isEqualTo(content);
    assertThat(keys()).containsExactly(key);
  }

  @Test
  void projectsShareNoContent() throws IOException {
    var content = bytesOf("shared?", 1000);
    var other = new ProjectId("bt1other000000000000");
    var key = store(PROJECT, content);

    assertThat(store.contains(new FileKey(other, key.sha256()))).isFalse();

    store(other, content);
    store.delete(key);
    assertThat(read(store, new FileKey(other, key.sha256()), 0)).isEqualTo(content);
  }

  @Test
  void theEmptyFileIsAlwaysThere() throws IOException {
    var empty = new FileKey(PROJECT, JobFile.EMPTY_SHA256);

    assertThat(store.size(empty)).hasValue(0);
    assertThat(read(store, empty, 0)).isEmpty();
    store.delete(empty);
    assertThat(store.contains(empty)).isTrue();
    assertThat(store(PROJECT, new byte[0])).isEqualTo(empty);
    assertThat(keys()).isEmpty();
  }

  @Test
  void readingStartsAtTheOffset() throws IOException {
    var content = bytesOf("offset", 100_000);
    var key = store(PROJECT, content);

    assertThat(read(store, key, 99_990)).isEqualTo(Arrays.copyOfRange(content, 99_990, 100_000));
    assertThat(read(store, key, 100_000)).isEmpty();
  }

  @Test
  void whatWasNeverStoredIsNotThere() throws IOException {
    var key = keyOf(PROJECT, bytesOf("never", 10));

    assertThat(store.size(key)).isEmpty();
    assertThatThrownBy(() -> store.open(key, 0)).isInstanceOf(NoSuchFileException.class);
    store.delete(key);
  }

  @Test
  void whatIsDeletedIsGoneAndCanComeBack() throws IOException {
    var content = bytesOf("deleted", 1000);
    var key = store(PROJECT, content);

    store.delete(key);
    assertThat(store.contains(key)).isFalse();
    assertThatThrownBy(() -> store.open(key, 0)).isInstanceOf(NoSuchFileException.class);

    store(PROJECT, content);
    assertThat(read(store, key, 0)).isEqualTo(content);
  }

  @Test
  void deletingLeavesADownloadUnderWayAlone() throws IOException {
    var content = bytesOf("open", 3_000_000);
    var key = store(PROJECT, content);
    try (var download = store.open(key, 0)) {
      var start = download.readNBytes(100);
      store.delete(key);
      var rest = download.readAllBytes();

      assertThat(start.length + rest.length).isEqualTo(content.length);
      assertThat(rest).endsWith(Arrays.copyOfRange(content, 2_999_000, 3_000_000));
    }
  }

  @Test
  void everythingStoredIsListed() throws IOException {
    var keys = new ArrayList<FileKey>();
    for (int i = 0; i < 20; i++) {
      keys.add(store(new ProjectId("project " + i % 3), bytesOf("listed " + i, 10 + i)));
    }
    store.delete(keys.remove(5));

    assertThat(keys()).containsExactlyInAnyOrderElementsOf(keys);
  }

  @ParameterizedTest
  @MethodSource("io.github.datasphere.emulator.files.Contents#strangeIds")
  void anyTextIsAProjectOfItsOwn(String id) throws IOException {
    var content = bytesOf("strange", 100);
    var key = store(new ProjectId(id), content);

    assertThat(read(store, key, 0)).isEqualTo(content);
    assertThat(keys()).containsExactly(key);
    for (var other : Contents.strangeIds().filter(o -> !o.equals(id)).toList()) {
      assertThat(store.contains(new FileKey(new ProjectId(other), key.sha256())))
          .as("in project '%s'", other)
          .isFalse();
    }
    store.delete(key);
    assertThat(keys()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.github.datasphere.emulator.files.Contents#strangeDigests")
  void whatIsNoDigestIsNeverStored(String digest) throws IOException {
    store(PROJECT, bytesOf("other", 100));
    var key = new FileKey(PROJECT, digest);

    assertThat(store.contains(key)).isFalse();
    assertThatThrownBy(() -> store.open(key, 0)).isInstanceOf(NoSuchFileException.class);
    store.delete(key);
    assertThat(keys()).hasSize(1);
  }

  @Test
  void manyCanStoreAndDeleteAtOnce() throws Exception {
    var same = bytesOf("same", 200_000);
    var pool = Executors.newFixedThreadPool(16);
    try {
      var tasks = new ArrayList<Callable<FileKey>>();
      for (int i = 0; i < 64; i++) {
        var own = bytesOf("own " + i, 1000 + i);
        tasks.add(() -> {
          store(PROJECT, same);
          var key = store(PROJECT, own);
          store.delete(key);
          return store(PROJECT, own);
        });
      }
      for (Future<FileKey> done : pool.invokeAll(tasks)) {
        assertThat(store.contains(done.get())).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(keys()).hasSize(65);
    assertThat(read(store, keyOf(PROJECT, same), 0)).isEqualTo(same);
  }

  @Test
  void eachGrantGetsAUrlOfItsOwn() {
    var key = keyOf(PROJECT, bytesOf("granted", 10));
    var expires = Instant.parse("2030-01-01T00:00:00Z");
    var job = new JobId("bt1job00000000000000");

    var put = store.presign(new FileGrant(Method.PUT, job, key, 10, expires));
    var get = store.presign(new FileGrant(Method.GET, job, key, 10, expires));

    assertThat(put.getScheme()).isIn("http", "https");
    assertThat(get.getScheme()).isIn("http", "https");
    assertThat(put).isNotEqualTo(get);
  }

  protected final FileKey store(ProjectId project, byte[] content) throws IOException {
    try (var staged = stage(project, content)) {
      staged.publish();
      return staged.key();
    }
  }

  private StagedFile stage(ProjectId project, byte[] content) throws IOException {
    return store.stage(project, new ByteArrayInputStream(content), NO_LIMIT);
  }

  private List<FileKey> keys() throws IOException {
    try (var keys = store.list()) {
      return keys.toList();
    }
  }

  private static final class CountingZeros extends InputStream {
    private long count;

    @Override
    public int read() {
      count++;
      return 0;
    }
  }

  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the content broke off");
    }
  }
}
