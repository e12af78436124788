package io.github.datasphere.emulator.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that are there whole or not at all. */
class TreesMadeAsideTest {
  @TempDir
  private Path folder;

  private Path from;
  private Path sets;

  @BeforeEach
  void fill() throws IOException {
    from = Files.createDirectory(folder.resolve("from"));
    sets = Files.createDirectory(folder.resolve("sets"));
    Files.write(from.resolve("a"), new byte[600]);
    Files.write(from.resolve("b"), new byte[600]);
  }

  @Test
  void whatFitsIsThere() throws IOException {
    Trees.makeAside(sets.resolve("set"), aside -> Trees.copy(from, aside, 1200));

    assertThat(sets).isDirectoryContaining("glob:**set");
    assertThat(sets.resolve("set/b")).hasSize(600);
  }

  @Test
  void whatHoldsTooMuchLeavesNothing() {
    assertThatThrownBy(
            () -> Trees.makeAside(sets.resolve("set"), aside -> Trees.copy(from, aside, 1199)))
        .hasMessageContaining("more than 1199 bytes");

    assertThat(sets).isEmptyDirectory();
  }

  @Test
  void whatBreaksOffLeavesNothing() {
    assertThatThrownBy(() -> Trees.makeAside(sets.resolve("set"), aside -> {
          Files.createDirectory(aside);
          Files.write(aside.resolve("half"), new byte[100]);
          throw new IOException("the engine is gone");
        }))
        .hasMessage("the engine is gone");

    assertThat(sets).isEmptyDirectory();
  }
}
