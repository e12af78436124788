package io.github.datasphere.emulator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes small files that their owner alone may read, whole or not at all. */
final class PrivateFile {
  private PrivateFile() {}

  /**
   * Puts the content in place of what is there.
   *
   * @throws IOException if that fails; what was there is then untouched
   */
  static void write(Path file, String content) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe or a terminal: there is nothing to replace.
      Files.writeString(file, content);
      return;
    }
    var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    // Readable by the owner alone from its creation on.
    var draft = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp");
    try {
      Files.writeString(draft, content);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
