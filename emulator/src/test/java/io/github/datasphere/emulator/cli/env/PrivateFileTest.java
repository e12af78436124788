package io.github.datasphere.emulator.cli.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
  @TempDir
  Path folder;

  @Test
  void onlyItsOwnerCanReadIt() throws IOException {
    var file = folder.resolve("env");
    PrivateFile.write(file, "A=b\n");
    assertThat(file).hasContent("A=b\n");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void replacesWhatIsThereAndLeavesNothingElse() throws IOException {
    var file = Files.writeString(folder.resolve("env"), "old and longer");
    PrivateFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(folder.toFile().list()).containsExactly("env");
  }

  @Test
  void followsALink() throws IOException {
    var file = Files.writeString(folder.resolve("real"), "old");
    var link = Files.createSymbolicLink(folder.resolve("link"), file);
    PrivateFile.write(link, "new");
    assertThat(link).isSymbolicLink().hasContent("new");
    assertThat(file).hasContent("new");
  }

  @Test
  void aFolderThatIsMissingIsAnError() {
    assertThatThrownBy(() -> PrivateFile.write(folder.resolve("no/env"), "x"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void writesIntoWhatIsNoFile() throws IOException {
    PrivateFile.write(Path.of("/dev/null"), "x");
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }
}
