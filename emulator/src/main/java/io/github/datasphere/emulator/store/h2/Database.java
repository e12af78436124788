package io.github.datasphere.emulator.store.h2;

import io.github.datasphere.emulator.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The database file of a data directory: made, checked, migrated, opened.
 *
 * <p>H2 writes what is committed half a second later, and a killed process would lose it.
 * WRITE_DELAY 0 would prevent that, but it also stops the thread that reclaims space: files grew by
 * 40 KB and more a commit and never shrank. So each commit is followed by a CHECKPOINT, which
 * writes the same way, and that thread goes on.
 */
final class Database implements AutoCloseable {
  private static final String NAME = "state";
  private static final String SUFFIX = ".mv.db";
  private static final int MOST_CONNECTIONS = 16;

  /** The interrupt of a thread must not close the file of all, the end of the JVM not before us. */
  private static final String URL = "jdbc:h2:async:%s;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

  private final JdbcConnectionPool pool;
  private final Jdbi jdbi;

  private Database(JdbcConnectionPool pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /**
   * Opens the database of a directory, which is made if there is none.
   *
   * @throws StoreException if it is of a later version or damaged; then it is left as it is
   */
  static Database open(Path directory) throws IOException {
    var file = directory.resolve(NAME + SUFFIX);
    if (!Files.exists(file)) {
      create(directory, file);
    }
    int version = version(directory);
    if (version > Layout.LATEST) {
      throw new StoreException("The data directory " + directory
          + " was written by a later version of the emulator (layout " + version
          + ", this one knows layouts up to " + Layout.LATEST
          + "). Use that version, or another directory with --data-dir.");
    }
    if (version < Layout.LATEST) {
      keepCopy(file, directory.resolve(NAME + ".layout-" + version + SUFFIX));
    }
    return connect(directory.resolve(NAME), version);
  }

  Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    pool.dispose();
  }

  /** Made under another name first: a file of this name is always whole. */
  private static void create(Path directory, Path file) throws IOException {
    var fresh = directory.resolve("new-" + NAME);
    var freshFile = directory.resolve("new-" + NAME + SUFFIX);
    Files.deleteIfExists(freshFile);
    Jdbi.create(URL.formatted(fresh), "sa", "").useHandle(handle -> Layout.migrate(handle, 0));
    Files.move(freshFile, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Looks without writing: where a file is damaged, H2 would begin anew and overwrite the rest. */
  private static int version(Path directory) {
    var url = URL.formatted(directory.resolve(NAME)) + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r";
    Optional<Integer> version;
    try {
      version = Jdbi.create(url, "sa", "").withHandle(Layout::of);
    } catch (JdbiException e) {
      throw damaged(directory, e);
    }
    return version.orElseThrow(() -> damaged(directory, new SQLException("its tables are lost")));
  }

  private static StoreException damaged(Path directory, Exception cause) {
    return new StoreException(
        "The state in " + directory.resolve(NAME + SUFFIX) + " can't be read: "
            + cause.getMessage()
            + ". Put back a copy of the directory, or move this file away to begin without jobs.",
        cause);
  }

  private static void keepCopy(Path file, Path copy) throws IOException {
    if (!Files.exists(copy)) {
      var part = copy.resolveSibling(copy.getFileName() + ".tmp");
      Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static Database connect(Path name, int version) {
    var pool = JdbcConnectionPool.create(URL.formatted(name) + ";IFEXISTS=TRUE", "sa", "");
    pool.setMaxConnections(MOST_CONNECTIONS);
    var database = new Database(pool);
    try {
      database.jdbi.useHandle(handle -> {
        Layout.migrate(handle, version);
        handle.execute("CHECKPOINT");
      });
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }
}
