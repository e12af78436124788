package io.github.datasphere.emulator.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.session.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a file that passes. */
class SpoolTest {
  private static final int PIECE = 1 << 20;
  private static final int IV = 16;

  @TempDir
  Path folder;

  @Test
  void nothingIsEncryptedOfAFileThatIsKnownToBeTooLarge() throws Exception {
    try (var spool = new Spool(folder, new Api(), System::nanoTime)) {
      var file = spool.newFile();
      file.expects((64L << 20) + 1);
      file.write(new byte[PIECE], PIECE);

      assertThat(Files.size(folder.resolve("file0"))).isEqualTo(IV);
      file.end("digest", true);
      assertThat(spool.files()).isEmpty();
    }
  }

  @Test
  void aFileOfUnknownLengthIsKept() throws Exception {
    try (var spool = new Spool(folder, new Api(), System::nanoTime)) {
      var file = spool.newFile();
      file.expects(-1);
      file.write(new byte[PIECE], PIECE);
      file.end("digest", true);

      assertThat(spool.files()).containsExactly("digest");
      assertThat(spool.file("digest").orElseThrow().readAllBytes()).hasSize(PIECE);
    }
  }
}
