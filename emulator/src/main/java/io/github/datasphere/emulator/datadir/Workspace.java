package io.github.datasphere.emulator.datadir;

import io.github.datasphere.emulator.base.Durable;
import io.github.datasphere.emulator.base.KeyFile;
import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.base.ProcessIdentity;
import io.github.datasphere.emulator.base.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one emulator: the data directory, or a temporary folder that is deleted at the end.
 * The temporary folder is made only when something needs it, since most tests do not; temporary
 * folders that killed emulators have left are deleted then, too.
 */
public final class Workspace implements AutoCloseable {
  private static final String PREFIX = "datasphere-emulator-";
  private static final Pattern OWNED = Pattern.compile(PREFIX + "(\\d+-[0-9a-z]+)-.*");
  private static final int MOST_ATTEMPTS = 5;

  /** The data directory; null if there is none. */
  private final @Nullable Path data;

  /** Null until it is needed. */
  private @Nullable Path temporary;

  /** Null for a temporary folder, which needs no lock. */
  private final @Nullable DirectoryLock lock;

  private Workspace(@Nullable Path data, @Nullable DirectoryLock lock) {
    this.data = data;
    this.lock = lock;
  }

  /**
   * Opens the data directory, or prepares a temporary folder if there is none.
   *
   * @throws IOException if it cannot be made or written, or another emulator has it
   */
  public static Workspace open(Optional<Path> dataDir) throws IOException {
    if (dataDir.isPresent()) {
      var root = dataDir.get().toAbsolutePath().normalize();
      Durable.createDirectories(root);
      var lock = DirectoryLock.acquire(root);
      new Privacy(root).close();
      KeyFile.deleteDrafts(root);
      return new Workspace(root, lock);
    }
    return new Workspace(null, null);
  }

  private Path root() throws IOException {
    return data == null ? temporary() : data;
  }

  private synchronized Path temporary() throws IOException {
    var made = temporary;
    if (made == null) {
      var folder = Path.of(System.getProperty("java.io.tmpdir"));
      sweep(folder);
      made =
          Files.createTempDirectory(folder, PREFIX + ProcessIdentity.current().text() + "-");
      temporary = made;
    }
    return made;
  }

  public boolean isTemporary() {
    return lock == null;
  }

  /** Closes files in it that other users may read; this takes a while if there are many. */
  public void closeToOthers() {
    if (data != null) {
      new Privacy(data).closeThroughout();
    }
  }

  public Path folder(String name) {
    try {
      return root().resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary folder cannot be made: " + e.getMessage(), e);
    }
  }

  /** Makes a new folder at each call, for data that does not outlive a world. */
  public Path fresh(String name) throws IOException {
    return Files.createTempDirectory(temporary(), name);
  }

  /**
   * Returns a secret of this folder, made at its first use and readable by its owner alone. In a
   * temporary folder each call makes another secret, since nothing there outlives the emulator.
   */
  public byte[] key(String name) throws IOException {
    return isTemporary() ? KeyFile.random() : new KeyFile(root().resolve(name + ".key")).orNew();
  }

  @Override
  public synchronized void close() {
    if (temporary != null) {
      delete(temporary);
    }
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        PlainWarning.tell(
            log(),
            e,
            "The lock of {} goes with this process, as it could not be given back",
            String.valueOf(data));
      }
    }
  }

  private static void sweep(Path folder) throws IOException {
    try (var entries = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (var entry : entries) {
        var name = OWNED.matcher(entry.getFileName().toString());
        if (name.matches() && isGone(name.group(1)) && Files.isDirectory(entry)) {
          delete(entry);
        }
      }
    }
  }

  private static boolean isGone(String owner) {
    return ProcessIdentity.parse(owner).filter(ProcessIdentity::isGone).isPresent();
  }

  /** Tries several times: a runner may still be deleting files of its jobs, or adding some. */
  private static void delete(Path folder) {
    IOException failure = null;
    for (var attempt = 0; attempt < MOST_ATTEMPTS && Files.exists(folder); attempt++) {
      try {
        Trees.delete(folder);
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null && Files.exists(folder)) {
      PlainWarning.tell(log(), failure, "Delete the temporary folder {} by hand", folder);
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(Workspace.class);
  }
}
