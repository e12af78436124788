package io.github.datasphere.emulator.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void setUp() {
    file = folder.resolve("urls.key");
  }

  @Test
  void aKeyIsMadeAtItsFirstUseAndStays() throws Exception {
    assertThat(new KeyFile(file).read()).isEmpty();
    var key = new KeyFile(file).orNew();
    assertThat(key).hasSize(32);
    assertThat(new KeyFile(file).orNew()).isEqualTo(key);
    assertThat(new KeyFile(file).read()).contains(key);
    assertThat(folder).isDirectoryContaining(file::equals);
    try (var all = Files.list(folder)) {
      assertThat(all).as("no draft is left").hasSize(1);
    }
  }

  @Test
  void aDamagedKeyIsNoneAndIsMadeAgain() throws Exception {
    Files.write(file, new byte[3]);
    assertThat(new KeyFile(file).read()).isEmpty();
    var key = new KeyFile(file).orNew();
    assertThat(key).hasSize(32);
    assertThat(Files.readAllBytes(file)).isEqualTo(key);
  }

  @Test
  void draftsThatAPowerCutLeftAreDeletedAndKeysStay() throws Exception {
    var key = new KeyFile(file).orNew();
    Files.createFile(folder.resolve("key123.tmp"));
    KeyFile.deleteDrafts(folder);
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
    assertThat(new KeyFile(file).orNew()).isEqualTo(key);
  }
}
