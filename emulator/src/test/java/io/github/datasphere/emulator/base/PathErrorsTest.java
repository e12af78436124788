package io.github.datasphere.emulator.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Why a path cannot be used, with what to do. */
class PathErrorsTest {
  private static final Path FILE = Path.of("out", "model.bin");

  @Test
  void fullDiskIsToldWithWhatToDo() {
    assertThat(PathErrors.words(FILE, new IOException("No space left on device")))
        .isEqualTo("No space left on device; make room there, or choose another path");
  }

  @Test
  void diskThatMayOnlyBeReadIsToldWithWhatToDo() {
    var failure = new FileSystemException(FILE.toString(), null, "Read-only file system");
    assertThat(PathErrors.words(FILE, failure))
        .isEqualTo("Read-only file system; choose another path");
  }

  @Test
  void fileOfAnotherNameIsNamed() {
    var failure = new FileSystemException("aside.new", null, "Read-only file system");
    assertThat(PathErrors.words(FILE, failure))
        .isEqualTo("aside.new: Read-only file system; choose another path");
  }
}
