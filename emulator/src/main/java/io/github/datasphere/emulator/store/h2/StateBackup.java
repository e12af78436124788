package io.github.datasphere.emulator.store.h2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of the database file as it was at the last start, with which the journal since then makes
 * the whole again. H2 was seen to lose its tables when it was killed again and again.
 */
final class StateBackup {
  private static final Logger LOG = LoggerFactory.getLogger(StateBackup.class);

  private final Path file;
  private final Path backup;
  private final Path draft;

  StateBackup(Path directory) {
    this.file = directory.resolve("state.mv.db");
    this.backup = directory.resolve("state.backup.mv.db");
    this.draft = directory.resolve("state.backup.tmp");
  }

  /** Copies a database that is not open; the copy counts from {@link #keep} on. */
  void draft() throws IOException {
    Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The database that was copied has proved sound. */
  void keep() throws IOException {
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
    Files.copy(backup, draft, StandardCopyOption.REPLACE_EXISTING);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }
}
