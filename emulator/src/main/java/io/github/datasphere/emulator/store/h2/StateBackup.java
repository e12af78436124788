package io.github.datasphere.emulator.store.h2;

import io.github.datasphere.emulator.base.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of the database file as it was at the last start, with which the journal since then makes
 * the whole again. H2 was seen to lose its tables when it was killed again and again, so the file
 * of a process that did not come to its end is not used any more.
 */
final class StateBackup {
  private static final Logger LOG = LoggerFactory.getLogger(StateBackup.class);

  /** Of the copy, as the database knows it. */
  static final String NAME = "state.backup";

  private final Path file;
  private final Path backup;
  private final Path draft;

  /** There from before the file may be written until it is closed. */
  private final Path mark;

  StateBackup(Path directory) {
    this.file = directory.resolve("state.mv.db");
    this.backup = directory.resolve(NAME + ".mv.db");
    this.draft = directory.resolve("state.backup.tmp");
    this.mark = directory.resolve("state.open");
  }

  /** Bytes of the database. */
  static long size(Path directory) throws IOException {
    return Files.size(directory.resolve("state.mv.db"));
  }

  /** Copies a database that is to be opened next; the copy counts from {@link #keep} on. */
  void draft() throws IOException {
    Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
    OwnerOnly.mend(draft);
    if (!Files.exists(mark)) {
      OwnerOnly.createIfMissing(mark);
    }
  }

  /** Whether the database was not closed, and there is a copy to take its place. */
  boolean isUnclosed() {
    return Files.exists(mark) && Files.exists(backup);
  }

  /** Puts the copy in place of a database that was not closed. */
  void replaceUnclosed() throws IOException {
    if (isUnclosed()) {
      LOG.info("{} was not closed: it is made again from its copy and the journal", file);
      putBack();
    }
  }

  /** All that the database holds is in its file. */
  void closed() throws IOException {
    Files.deleteIfExists(mark);
  }

  /** The database that was copied has proved sound. */
  void keep() throws IOException {
    // Else a power cut could find the journal dropped and the copy not yet written
    try (var copy = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      copy.force(true);
    }
    Files.move(draft, backup, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Puts the copy in place of a damaged database, which is kept; false if there is no copy. */
  boolean restore() throws IOException {
    if (!Files.exists(backup)) {
      return false;
    }
    var damaged = file.resolveSibling("state.damaged.mv.db");
    LOG.warn(
        "{} is damaged: it is kept as {}, and made again from {} and the journal",
        file,
        damaged.getFileName(),
        backup.getFileName());
    if (Files.exists(file)) {
      Files.move(file, damaged, StandardCopyOption.REPLACE_EXISTING);
    }
    putBack();
    return true;
  }

  private void putBack() throws IOException {
    Files.copy(backup, draft, StandardCopyOption.REPLACE_EXISTING);
    OwnerOnly.mend(draft);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
