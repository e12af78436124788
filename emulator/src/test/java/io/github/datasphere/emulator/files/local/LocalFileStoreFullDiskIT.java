package io.github.datasphere.emulator.files.local;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.SmallDisk;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fills a small file system of its own; needs the right to mount one. */
class LocalFileStoreFullDiskIT {
  private static final ProjectId PROJECT = new ProjectId("full");
  private static final int DISK_BYTES = 1 << 20;

  @TempDir
  private Path parent;

  private Path disk;
  private LocalFileStore store;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(parent.resolve("disk"), String.valueOf(DISK_BYTES));
    store = new LocalFileStore(
        disk, new UrlSigner(UrlSigner.newKey()), () -> URI.create("http://localhost"));
  }

  @AfterEach
  void unmount() throws Exception {
    SmallDisk.unmount(disk);
  }

  @Test
  void aFileThatDoesNotFitIsRefusedAndTakesNoRoom() throws Exception {
    var kept = store(bytesOf("kept", 500_000));

    assertThatThrownBy(() -> store(bytesOf("too much", 900_000)))
        .isInstanceOfSatisfying(
            FileRejectedException.class,
            e -> assertThat(e.reason()).isEqualTo(FileRejectedException.Reason.NO_SPACE))
        .hasMessageContaining("disk is full")
        .hasMessageContaining(disk.toString());

    assertThat(disk.resolve("staging")).isEmptyDirectory();
    store(bytesOf("fits", 300_000));
    assertThat(store.list()).hasSize(2).contains(kept);
  }

  @Test
  void aDiskWithoutRoomForANameSaysSoToo() throws Exception {
    var filler = disk.resolve("filler");
    SmallDisk.fill(filler);

    assertThatThrownBy(() -> store(bytesOf("one byte", 1)))
        .isInstanceOf(FileRejectedException.class);

    Files.delete(filler);
    assertThat(store.contains(store(bytesOf("one byte", 1)))).isTrue();
  }

  private FileKey store(byte[] content) throws IOException {
    try (var staged = store.stage(PROJECT, new ByteArrayInputStream(content), Long.MAX_VALUE)) {
      staged.publish();
      return staged.key();
    }
  }
}
