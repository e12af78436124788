package io.github.datasphere.emulator.files.memory;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.FileStoreContract;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.files.local.LocalFileStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFileStoreTest extends FileStoreContract {
  private static final URI BASE = URI.create("http://127.0.0.1:9099");

  private final UrlSigner signer = new UrlSigner(UrlSigner.newKey());

  @TempDir
  private Path parent;

  @Override
  protected FileStore newStore() {
    return new MemoryFileStore(
        start -> LocalFileStore.temporary(large(), signer, () -> BASE), signer, () -> BASE);
  }

  @Test
  void smallFilesTouchNoDisk() throws IOException {
    try (var store = newStore()) {
      put(store, bytesOf("small", MemoryFileStore.SMALL_BYTES));
      assertThat(large()).doesNotExist();
    }
  }

  @Test
  void largeFilesGoToDisk() throws IOException {
    var content = bytesOf("large", MemoryFileStore.SMALL_BYTES + 1);
    try (var store = newStore();
        var staged = store.stage(PROJECT, new ByteArrayInputStream(content), Long.MAX_VALUE)) {
      staged.publish();
      assertThat(Files.isDirectory(large())).isTrue();
      assertThat(store.size(staged.key())).hasValue(content.length);
      try (var stored = store.open(staged.key(), 0)) {
        assertThat(stored.readAllBytes()).isEqualTo(content);
      }
      store.delete(staged.key());
      assertThat(store.contains(staged.key())).isFalse();
    }
  }

  private static void put(FileStore store, byte[] content) throws IOException {
    try (var staged = store.stage(PROJECT, new ByteArrayInputStream(content), Long.MAX_VALUE)) {
      staged.publish();
    }
  }

  private Path large() {
    return parent.resolve("large");
  }
}
