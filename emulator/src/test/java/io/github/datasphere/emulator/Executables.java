package io.github.datasphere.emulator;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs that tests write and have run at once. */
public final class Executables {
  private Executables() {}

  /**
   * Writes a program, by another process. If this one wrote it, a process that another test starts
   * at that moment would have it open for writing, too, until its own program begins; Linux runs no
   * program that is open for writing ("Text file busy").
   */
  public static Path write(Path program, String text) throws IOException {
    var draft = Files.createTempFile(program.getParent(), "draft", "");
    try {
      Files.writeString(draft, text);
      var copy = new ProcessBuilder("cp", draft.toString(), program.toString())
          .inheritIO()
          .start();
      if (copy.waitFor() != 0) {
        throw new IOException("cp ended with " + copy.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + program + " was written");
    } finally {
      Files.delete(draft);
    }
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }
}
