package io.github.datasphere.emulator.store.h2;

import io.github.datasphere.emulator.base.Durable;
import io.github.datasphere.emulator.base.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of the database file as it was at the last start. This copy and the journal since then
 * restore the whole state. H2 was seen to lose its tables when it was killed again and again, so
 * the file of a process that did not end properly is never used again.
 */
final class StateBackup {
  private static final Logger LOG = LoggerFactory.getLogger(StateBackup.class);

  /** Name of the copy, as the database knows it. */
  static final String NAME = "state.backup";

  private final Path directory;
  private final Path file;
  private final Path backup;
  private final Path draft;

  /** A mark that exists from before the file may be written until it is closed. */
  private final Path mark;

  StateBackup(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("state.mv.db");
    this.backup = directory.resolve(NAME + ".mv.db");
    this.draft = directory.resolve("state.backup.tmp");
    this.mark = directory.resolve("state.open");
  }

  /** Returns the size of the database in bytes. */
  static long size(Path directory) throws IOException {
    return Files.size(directory.resolve("state.mv.db"));
  }

  /** Copies a database that will be opened next; the copy is valid from {@link #keep} on. */
  void draft() throws IOException {
    Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
    OwnerOnly.mend(draft);
    if (!Files.exists(mark)) {
      OwnerOnly.createIfMissing(mark);
      Durable.syncNames(directory);
    }
  }

  /** Whether the database was not closed, and a copy can replace it. */
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

  /** Notes that the database is closed, so its file holds everything. */
  void closed() throws IOException {
    Files.deleteIfExists(mark);
  }

  /** Makes the copy valid, since the database that was copied has proved undamaged. */
  void keep() throws IOException {
    // Otherwise a power cut could come after the journal was dropped and before the copy is written
    Durable.sync(draft);
    Files.move(draft, backup, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Durable.syncNames(directory);
  }

  /**
   * Puts the copy in place of a damaged database, which is kept aside; false if there is no copy.
   */
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
    Durable.sync(draft);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
