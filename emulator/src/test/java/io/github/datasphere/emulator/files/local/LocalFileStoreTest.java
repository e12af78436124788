package io.github.datasphere.emulator.files.local;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileGrant.Method;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.FileStoreContract;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileStoreTest extends FileStoreContract {
  private static final URI BASE = URI.create("http://127.0.0.1:9099");

  private final UrlSigner signer = new UrlSigner(UrlSigner.newKey());

  @TempDir
  private Path parent;

  @Override
  protected FileStore newStore() throws IOException {
    return new LocalFileStore(root(), signer, () -> BASE);
  }

  @Test
  void filesAreThereAfterARestart() throws IOException {
    var content = bytesOf("kept", 5000);
    var key = store(PROJECT, content);

    try (var restarted = newStore();
        var download = restarted.open(key, 0)) {
      assertThat(download.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void aTemporaryStoreLeavesNothing() throws IOException {
    var folder = parent.resolve("temporary");
    try (var store = LocalFileStore.temporary(folder, signer, () -> BASE);
        var staged =
            store.stage(PROJECT, new ByteArrayInputStream(bytesOf("a", 10)), Long.MAX_VALUE)) {
      staged.publish();
      assertThat(folder).isNotEmptyDirectory();
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void theFilesOfAnotherAreSharedAndNotCopied() throws IOException {
    var content = bytesOf("shared", 5000);
    var otherRoot = parent.resolve("other");
    var other = LocalFileStore.temporary(otherRoot, signer, () -> BASE);
    FileKey key;
    try (var staged = other.stage(PROJECT, new ByteArrayInputStream(content), Long.MAX_VALUE)) {
      staged.publish();
      key = staged.key();
    }
    try (var store = new LocalFileStore(root(), signer, () -> BASE)) {
      store.addAllOf(other);
      assertThat(inode(root())).isEqualTo(inode(otherRoot));
      other.delete(key);
      other.close();

      try (var download = store.open(key, 0)) {
        assertThat(download.readAllBytes()).isEqualTo(content);
      }
      assertThat(otherRoot).doesNotExist();
    }
  }

  /** Of the only file in there. */
  private static Object inode(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      var file = paths.filter(Files::isRegularFile).findAny().orElseThrow();
      return Files.getAttribute(file, "unix:ino");
    }
  }

  @Test
  void aFileThatGoesToTheDiskWhileItComesInIsStoredWhole() throws Exception {
    var piece = bytesOf("large", 1 << 20);
    int pieces = 80;
    var digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < pieces; i++) {
      digest.update(piece);
    }
    var content =
        new SequenceInputStream(Collections.enumeration(Collections.nCopies(pieces, piece).stream()
            .map(ByteArrayInputStream::new)
            .toList()));

    try (var store = newStore();
        var staged = store.stage(PROJECT, content, Long.MAX_VALUE)) {
      assertThat(staged.key().sha256()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
      staged.publish();
      assertThat(store.size(staged.key())).hasValue((long) pieces * piece.length);
    }
  }

  @Test
  void whatACrashLeftHalfWrittenIsDroppedAtTheNextStart() throws IOException {
    var leftover = Files.write(root().resolve("staging").resolve("17"), bytesOf("half", 100));

    newStore().close();

    assertThat(leftover).doesNotExist();
  }

  @Test
  void noProjectIdLeadsOutOfTheStore() throws IOException {
    for (var id :
        List.of("..", "../..", "../../outside", parent.resolve("absolute").toString())) {
      store(new ProjectId(id), bytesOf("inside", 100));
    }

    try (var beside = Files.list(parent)) {
      assertThat(beside).containsExactly(root());
    }
    try (var top = Files.list(root())) {
      assertThat(top.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("projects", "staging");
    }
  }

  @Test
  void nothingRemainsOfAProjectWhoseFilesAreDeleted() throws IOException {
    var key = store(new ProjectId("x".repeat(500)), bytesOf("gone", 100));

    try (var store = newStore()) {
      store.delete(key);
    }

    assertThat(tree()).containsExactlyInAnyOrder("", "projects", "staging");
  }

  @Test
  void aFileThatSomebodyTruncatedIsMendedByTheNextUpload() throws IOException {
    var content = bytesOf("mended", 5000);
    var key = store(PROJECT, content);
    var file = new StorePaths(root()).file(key).orElseThrow();
    Files.write(file, bytesOf("mended", 100));

    store(PROJECT, content);

    assertThat(file).hasBinaryContent(content);
  }

  @Test
  void theEndOfALargeFileThatSomebodyChangedIsGivenToNobody() throws IOException {
    var content = bytesOf("large", 9 << 20);
    var key = store(PROJECT, content);
    var file = new StorePaths(root()).file(key).orElseThrow();
    content[5] ^= 1;
    Files.write(file, content);

    try (var store = newStore()) {
      try (var open = store.open(key, 0)) {
        assertThat(open.readNBytes(content.length - 1)).hasSize(content.length - 1);
        assertThatThrownBy(open::read)
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("changed by hand")
            .hasMessageContaining(file.toString());
      }
      assertThatThrownBy(() -> store.open(key, 0)).isInstanceOf(StorageException.class);
      assertThat(store.contains(key)).isFalse();
    }
  }

  @Test
  void norIsItToWhoeverResumesOrFetchesParts() throws IOException {
    var content = bytesOf("large", 9 << 20);
    var key = store(PROJECT, content);
    content[5] ^= 1;
    Files.write(new StorePaths(root()).file(key).orElseThrow(), content);

    try (var store = newStore();
        var middle = store.open(key, 1000);
        var end = store.open(key, content.length - 1)) {
      // Without a look at the rest of it
      assertThat(middle.readNBytes(1 << 20)).hasSize(1 << 20);
      assertThat(store.contains(key)).isTrue();
      assertThatThrownBy(end::readAllBytes)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("changed by hand");
      assertThat(store.contains(key)).isFalse();
      assertThatThrownBy(middle::readAllBytes).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> store.open(key, 1000)).isInstanceOf(StorageException.class);
    }
  }

  @Test
  void aLargeFileThatIsSoundIsResumedAfterARestart() throws IOException {
    var content = bytesOf("sound", 9 << 20);
    var key = store(PROJECT, content);

    for (int offset : new int[] {1, 1 << 20, content.length - 1}) {
      try (var store = newStore();
          var rest = store.open(key, offset);
          var nothing = store.open(key, content.length)) {
        assertThat(rest.readAllBytes())
            .isEqualTo(Arrays.copyOfRange(content, offset, content.length));
        assertThat(nothing.readAllBytes()).isEmpty();
      }
    }
  }

  @Test
  void aFileThatIsSoundIsReadTwice() throws IOException {
    for (int size : new int[] {1, 100, 9 << 20}) {
      var content = bytesOf("sound", size);
      var key = store(PROJECT, content);

      try (var store = newStore()) {
        for (int read = 0; read < 2; read++) {
          try (var open = store.open(key, 0)) {
            assertThat(open.readAllBytes()).isEqualTo(content);
          }
        }
        try (var open = store.open(key, size - 1)) {
          assertThat(open.read()).isEqualTo(content[size - 1] & 0xFF);
        }
      }
    }
  }

  @Test
  void filesThatAreNotOursAreLeftAlone() throws IOException {
    var key = store(PROJECT, bytesOf("ours", 10));
    Files.writeString(root().resolve("projects").resolve(".DS_Store"), "x");
    Files.createDirectories(root().resolve("projects/%zz/aa"));
    Files.writeString(root().resolve("projects/%zz/aa").resolve(key.sha256()), "x");

    try (var store = newStore();
        var keys = store.list()) {
      assertThat(keys).containsExactly(key);
    }
    assertThat(root().resolve("projects/.DS_Store")).exists();
  }

  @Test
  void theServerIsAskedForItsAddressOnlyForAUrl() throws IOException {
    var asked = new AtomicInteger();
    try (var store = LocalFileStore.temporary(root(), signer, () -> {
      asked.incrementAndGet();
      return BASE;
    })) {
      var key = store(PROJECT, bytesOf("quiet", 10));
      assertThat(asked).hasValue(0);

      var grant = new FileGrant(Method.GET, new JobId("j"), key, 10, Instant.EPOCH);
      var url = store.presign(grant);

      assertThat(asked).hasValue(1);
      assertThat(signer.verify(url)).contains(grant);
      assertThat(url).hasHost("127.0.0.1").hasPort(9099);
    }
  }

  @Test
  void aStoreThatCannotBeMadeSaysWhere() throws IOException {
    var file = Files.writeString(parent.resolve("file"), "x", UTF_8);

    assertThatThrownBy(() -> new LocalFileStore(file, signer, () -> BASE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  private Path root() {
    return parent.resolve("store");
  }

  private List<String> tree() throws IOException {
    try (var paths = Files.walk(root())) {
      return paths.map(path -> root().relativize(path).toString()).collect(Collectors.toList());
    }
  }
}
