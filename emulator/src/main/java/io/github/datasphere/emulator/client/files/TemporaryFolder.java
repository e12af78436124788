package io.github.datasphere.emulator.client.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that is deleted with all its content when it is closed. */
public record TemporaryFolder(Path path) implements Closeable {
  public static TemporaryFolder create() throws IOException {
    return new TemporaryFolder(Files.createTempDirectory("datasphere_"));
  }

  @Override
  public void close() throws IOException {
    FileTree.delete(path);
  }
}
