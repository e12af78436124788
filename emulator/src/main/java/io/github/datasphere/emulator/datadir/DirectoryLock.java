package io.github.datasphere.emulator.datadir;

import io.github.datasphere.emulator.base.OwnerOnly;
import io.github.datasphere.emulator.base.ProcessIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Holds a data directory for one process. The operating system keeps the lock and releases it when
 * the process ends, however it ends. A file beside it says which process holds it.
 */
final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;
  private final Path owner;

  private DirectoryLock(FileChannel channel, Path owner) {
    this.channel = channel;
    this.owner = owner;
  }

  /**
   * Takes the lock.
   *
   * @throws IOException if another process or this one already holds it, or if it cannot be made
   */
  static DirectoryLock acquire(Path directory) throws IOException {
    var owner = directory.resolve("lock.owner");
    var self = self();
    var holder = read(owner);
    // Do not even open it: closing it again would give up the lock that this process holds
    if (holder.equals(self)) {
      throw inUse(directory, self);
    }
    var channel = FileChannel.open(
        OwnerOnly.createIfMissing(directory.resolve("lock")), StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw inUse(directory, holder);
      }
      write(owner, self);
      return new DirectoryLock(channel, owner);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(directory, self);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(owner);
    channel.close();
  }

  private static IOException inUse(Path directory, String holder) {
    var pid = holder.isEmpty() ? "another process" : "process " + holder.split("\\D", 2)[0];
    return new IOException("The data directory " + directory + " is in use by " + pid
        + ". Stop that emulator first, or choose another directory with --data-dir.");
  }

  /** Adds the start to the process id, since process ids are reused; in a container soon. */
  private static String self() {
    return ProcessIdentity.current().text();
  }

  private static String read(Path owner) throws IOException {
    try {
      return Files.readString(owner).strip();
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private static void write(Path owner, String self) throws IOException {
    var whole = owner.resolveSibling(owner.getFileName() + ".tmp");
    Files.writeString(whole, self + "\n");
    Files.move(whole, owner, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
