package io.github.datasphere.emulator.cli.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes small files that their owner alone may read, whole or not at all. */
public final class PrivateFile {
  private PrivateFile() {}

  /**
   * Replaces the content of the file.
   *
   * @throws IOException if that fails; then the file is unchanged
   */
  public static void write(Path file, String content) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // This is a pipe or a terminal: there is nothing to replace
      Files.writeString(file, content);
      return;
    }
    var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    // The file is readable by the owner alone from its creation on
    var draft = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp");
    try {
      Files.writeString(draft, content);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
