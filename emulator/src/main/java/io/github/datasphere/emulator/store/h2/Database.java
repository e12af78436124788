package io.github.datasphere.emulator.store.h2;

import io.github.datasphere.emulator.base.Durable;
import io.github.datasphere.emulator.base.OwnerOnly;
import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database file of a data directory. This class makes, checks, migrates and opens it.
 *
 * <p>H2 writes a commit to the disk half a second later, so a killed process would lose it. No
 * setting of H2 prevents that at a bearable price: WRITE_DELAY 0 and a CHECKPOINT for each commit
 * write 40 KB and more each time, and space is used again only after 45 seconds; RETENTION_TIME 0
 * loses commits at a kill. So a {@link WriteAheadLog} prevents it. If H2 writes during a
 * transaction, the file may hold one table from before and another from after it (seen after
 * kills). So H2 writes only on command: WRITE_DELAY is for ever.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final String NAME = "state";
  private static final String SUFFIX = ".mv.db";
  private static final String USER = "sa";
  private static final int MOST_READERS = 16;

  /**
   * With async, the interrupt of one thread does not close the file for all threads; and the end of
   * the JVM must not close the database before we do. Of each larger BLOB that was read, H2 keeps a
   * reference for as long as LOB_TIMEOUT says, in ms: five minutes by default, which would be 600
   * MB with 10,000 calls in a second. A read takes far less than these ten seconds.
   */
  private static final String URL =
      "jdbc:h2:async:%s;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;LOB_TIMEOUT=10000";

  /**
   * For the first connection. Without it H2 takes its own delay of half a second until it is told
   * another: it ends the thread that writes after the delay kept in the file, and waits for that
   * end. A thread that has just begun misses the signal, and then a start hangs for as long as the
   * thread sleeps, which is days (seen once, in an hour of starts on a busy machine).
   */
  private static final String FOR_EVER = ";WRITE_DELAY=" + Integer.MAX_VALUE;

  /**
   * Up to this size a BLOB is a part of its row. Of larger ones, H2 keeps some bytes for each time
   * that they were read, until the database is written; a server that is only asked writes none.
   */
  private static final int BLOB_IN_ROW_BYTES = 64 << 10;

  /**
   * Uses a table that disappears when the database is closed. H2 closes the database when its file
   * cannot be written, and would open it again at the next connection, without the changes that
   * were only in memory. This statement at the start of each connection prevents that. The table
   * has no rows; the statement is a DELETE because a query is not allowed there.
   */
  private static final String OPEN = "DELETE FROM open_database";

  /** A connection that keeps the database open. */
  private final Connection anchor;

  private final JdbcConnectionPool readers;

  /** A pool of its own, since a change must not wait until readers give a connection back. */
  private final JdbcConnectionPool writer;

  private final StateBackup backup;
  private volatile boolean closing;

  private Database(Connection anchor, String url, StateBackup backup) {
    this.anchor = anchor;
    this.backup = backup;
    this.readers = pool(url, MOST_READERS);
    this.writer = pool(url, 1);
  }

  private static JdbcConnectionPool pool(String url, int connections) {
    var pool = JdbcConnectionPool.create(url + ";INIT=" + OPEN, USER, "");
    pool.setMaxConnections(connections);
    return pool;
  }

  /**
   * Opens the database of a directory, which is made if there is none.
   *
   * @throws StoreException if it is damaged or of a later version; then it is left as it is
   */
  static Database open(Path directory) throws IOException {
    var file = directory.resolve(NAME + SUFFIX);
    if (!Files.exists(file) && !WriteAheadLog.exists(directory)) {
      create(directory, file);
    }
    if (Files.exists(file)) {
      // New, or written again when the room of pruned rows was freed
      OwnerOnly.mend(file);
    }
    var backup = new StateBackup(directory);
    // A copy that a power cut has spoiled is useless: then the file is all there is
    if (backup.isUnclosed() && isReadable(directory, StateBackup.NAME)) {
      backup.replaceUnclosed();
    }
    int version = versionOfWhole(directory, backup);
    if (version > SchemaMigrations.LATEST) {
      throw new StoreException("The data directory " + directory
          + " was written by a later version of the emulator (layout " + version
          + ", this one knows layouts up to " + SchemaMigrations.LATEST
          + "). Use that version, or another directory with --data-dir.");
    }
    if (version < SchemaMigrations.LATEST) {
      keepCopy(file, directory.resolve(NAME + ".layout-" + version + SUFFIX));
    }
    backup.draft();
    return connect(directory.resolve(NAME), version, backup);
  }

  private static int versionOfWhole(Path directory, StateBackup backup) throws IOException {
    try {
      return version(directory);
    } catch (StoreException damage) {
      // Check the copy first: a damaged copy must not replace a damaged file
      if (!isReadable(directory, StateBackup.NAME) || !backup.restore()) {
        throw damage;
      }
      return version(directory);
    }
  }

  private static boolean isReadable(Path directory, String name) {
    if (!Files.exists(directory.resolve(name + SUFFIX))) {
      return false;
    }
    try {
      return Jdbi.create(readOnly(directory, name), USER, "")
          .withHandle(SchemaMigrations::of)
          .isPresent();
    } catch (JdbiException e) {
      LOG.warn("The copy {} cannot be read either", directory.resolve(name + SUFFIX));
      return false;
    }
  }

  private static String readOnly(Path directory, String name) {
    return URL.formatted(directory.resolve(name)) + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r";
  }

  Jdbi readers() {
    return Jdbi.create(readers);
  }

  /** Returns access for changes, one at a time. */
  Jdbi writer() {
    return Jdbi.create(writer);
  }

  /** Whether this is still the database that was opened, with all that was committed. */
  boolean isOpen() {
    if (closing) {
      return false;
    }
    try (var statement = anchor.createStatement()) {
      return statement.executeUpdate(OPEN) == 0;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Closes the database; a query that is running is broken off. */
  @Override
  public void close() {
    close("SHUTDOWN");
  }

  /** Closes the database, and shrinks its file to the room that its rows need. */
  void closeSmall() {
    close("SHUTDOWN COMPACT");
  }

  private void close(String how) {
    boolean isWhole = isOpen();
    closing = true;
    readers.dispose();
    writer.dispose();
    try {
      if (isWhole) {
        try (var statement = anchor.createStatement()) {
          statement.execute(how);
        }
        backup.closed();
      }
      anchor.close();
    } catch (SQLException | IOException e) {
      PlainWarning.tell(
          LOG, e, "The journal makes up for a database of jobs that was not closed properly");
    }
  }

  /** Makes the file under another name first, so that a file of this name is always complete. */
  private static void create(Path directory, Path file) throws IOException {
    var fresh = directory.resolve("new-" + NAME);
    var freshFile = directory.resolve("new-" + NAME + SUFFIX);
    Files.deleteIfExists(freshFile);
    Jdbi.create(URL.formatted(fresh), USER, "")
        .useHandle(handle -> SchemaMigrations.migrate(handle, 0));
    Durable.sync(freshFile);
    Files.move(freshFile, file, StandardCopyOption.ATOMIC_MOVE);
    Durable.syncNames(directory);
  }

  /**
   * Reads the version without writing: if a file is damaged, H2 would start empty and overwrite the
   * rest.
   */
  private static int version(Path directory) {
    if (!Files.exists(directory.resolve(NAME + SUFFIX))) {
      throw damaged(directory, new SQLException("the file is missing"));
    }
    Optional<Integer> version;
    try {
      version = Jdbi.create(readOnly(directory, NAME), USER, "").withHandle(SchemaMigrations::of);
    } catch (JdbiException e) {
      throw damaged(directory, e);
    }
    return version.orElseThrow(() -> damaged(directory, new SQLException("its tables are lost")));
  }

  private static StoreException damaged(Path directory, Exception cause) {
    return new StoreException(
        "The state in " + directory.resolve(NAME + SUFFIX) + " cannot be read: "
            + cause.getMessage()
            + ". Put back a copy of the directory " + directory
            + ", or move it away to begin without jobs.",
        cause);
  }

  private static void keepCopy(Path file, Path copy) throws IOException {
    if (!Files.exists(copy)) {
      var part = copy.resolveSibling(copy.getFileName() + ".tmp");
      Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
      Durable.sync(part);
      Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static Database connect(Path name, int version, StateBackup backup) {
    var url = URL.formatted(name) + ";IFEXISTS=TRUE";
    var handle = Jdbi.create(url + FOR_EVER, USER, "").open();
    try {
      handle.execute("SET MAX_LENGTH_INPLACE_LOB " + BLOB_IN_ROW_BYTES);
      SchemaMigrations.migrate(handle, version);
      handle.execute("CREATE GLOBAL TEMPORARY TABLE open_database (nothing INTEGER)");
      return new Database(handle.getConnection(), url, backup);
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }
}
