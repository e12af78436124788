package io.github.datasphere.emulator.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.base.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  @TempDir
  Path folder;

  @Test
  void aDataDirectoryIsMadeAndStays() throws IOException {
    var dataDir = folder.resolve("a/b");
    var workspace = Workspace.open(Optional.of(dataDir));
    assertThat(workspace.isTemporary()).isFalse();
    workspace.close();
    assertThat(dataDir).isDirectory();
  }

  @Test
  void aDataDirectoryServesOneEmulatorAtATime() throws IOException {
    var first = Workspace.open(Optional.of(folder));
    assertThatThrownBy(() -> Workspace.open(Optional.of(folder)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("The data directory " + folder + " is in use by process")
        .hasMessageContaining("--data-dir");
    first.close();
    Workspace.open(Optional.of(folder)).close();
  }

  @Test
  void draftThatAPowerCutHasLeftIsDeleted() throws IOException {
    var draft = Files.createFile(folder.resolve("key123.tmp"));
    Workspace.open(Optional.of(folder)).close();
    assertThat(draft).doesNotExist();
  }

  @Test
  void keyThatAPowerCutHasEmptiedIsMadeAnew() throws IOException {
    Files.createFile(folder.resolve("urls.key"));
    try (var workspace = Workspace.open(Optional.of(folder))) {
      var key = workspace.key("urls");
      assertThat(key).hasSize(32);
      assertThat(workspace.key("urls")).isEqualTo(key);
    }
  }

  @Test
  void aTemporaryOneGoesWithAllThatIsInIt() throws IOException {
    var workspace = Workspace.open(Optional.empty());
    var root = workspace.folder("");
    Files.writeString(Files.createDirectories(root.resolve("x/y")).resolve("z"), "text");
    assertThat(workspace.isTemporary()).isTrue();
    workspace.close();
    assertThat(root).doesNotExist();
  }

  @Test
  void whatKilledEmulatorsLeftGoesAtTheNextStart() throws Exception {
    var process = new ProcessBuilder("sleep", "60").start();
    var owner = ProcessIdentity.of(process.pid()).text();
    var temporary = Path.of(System.getProperty("java.io.tmpdir"));
    var left = Files.createTempDirectory(temporary, "datasphere-emulator-" + owner + "-");
    process.destroyForcibly().waitFor();
    try (var workspace = Workspace.open(Optional.empty())) {
      assertThat(workspace.folder("")).exists();
      assertThat(left).doesNotExist();
    }
  }

  @Test
  void whatLivingEmulatorsHaveStays() throws IOException {
    try (var living = Workspace.open(Optional.empty())) {
      Workspace.open(Optional.empty()).close();
      assertThat(living.folder("")).exists();
    }
  }
}
