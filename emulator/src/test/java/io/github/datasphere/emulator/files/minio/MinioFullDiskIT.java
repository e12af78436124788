package io.github.datasphere.emulator.files.minio;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static io.github.datasphere.emulator.files.Contents.keyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.SmallDisk;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileRejectedException.Reason;
import io.github.datasphere.emulator.files.minio.MinioFileStore.Times;
import io.github.datasphere.emulator.job.id.ProjectId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server on a small disk; needs the right to mount one. */
class MinioFullDiskIT {
  private static final Times NOW = new Times(Clock.systemUTC(), Clock.systemUTC());
  private static final ProjectId PROJECT = new ProjectId("full");

  private static final int BROKEN_OFF = -1;

  @TempDir
  private Path folder;

  private Path disk;
  private MinioServer server;

  @BeforeEach
  void start() throws Exception {
    disk = SmallDisk.mount(folder.resolve("disk"), "64m");
    server = MinioServer.start(folder, disk, Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
    SmallDisk.unmount(disk);
  }

  @Test
  void whatDoesNotFitIsRefusedAndNeverSeen() throws Exception {
    try (var store = MinioFileStore.open(server.settings(), NOW)) {
      var tooMuch = bytesOf("too much", 100_000_000);
      assertThatThrownBy(() -> store
              .stage(PROJECT, new ByteArrayInputStream(tooMuch), Long.MAX_VALUE)
              .close())
          .isInstanceOfSatisfying(
              FileRejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE))
          .hasMessageContaining("is full")
          .hasMessageContaining(server.endpoint().toString());

      // The server may hang up before the client is done with sending
      assertThat(answerTo(store, tooMuch)).isIn(507, BROKEN_OFF);

      assertThat(store.list()).isEmpty();
    }
  }

  private static int answerTo(MinioFileStore store, byte[] content) throws InterruptedException {
    try {
      return DirectTransfer.put(store, keyOf(PROJECT, content), content).statusCode();
    } catch (IOException e) {
      return BROKEN_OFF;
    }
  }
}
