package io.github.datasphere.emulator.store.h2;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.StoreException;
import io.github.datasphere.emulator.store.h2.payload.Payloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database and its journal. The journal makes up for changes that the database has not written
 * to its file when the process ends. Each transaction also notes the number of its record in the
 * database, so the next start applies only the records that the database has lost.
 */
final class JournaledDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournaledDatabase.class);

  /** Small enough to be read at each start, large enough that a new file costs nothing. */
  private static final long ROTATE_BYTES = 2 << 20;

  /**
   * How large the journal may grow, relative to the database and within these limits, before a new
   * copy of the database replaces it. A larger journal takes longer to read after a kill; a smaller
   * one makes copies more frequent.
   */
  private static final double JOURNAL_SHARE = 0.5;

  private static final long LEAST_JOURNAL_BYTES = 16 << 20;
  private static final long MOST_JOURNAL_BYTES = 128 << 20;

  private final Path directory;
  private final UnaryOperator<Jdbi> writers;
  private final ChangeRecords records;
  private final Transaction transaction;

  /**
   * Admits one change after another, so that changes do not meet in the database and the journal is
   * in order.
   */
  private final ReentrantLock commitLock = new ReentrantLock(true);

  /** The highest number that a job has received. */
  private final AtomicLong given = new AtomicLong();

  private volatile Opened opened;

  private record Opened(Database database, Jdbi readers, Jdbi writer, WriteAheadLog journal) {}

  private long applied;

  private boolean pruned;
  private boolean ended;

  private JournaledDatabase(Path directory, Payloads payloads, UnaryOperator<Jdbi> writers)
      throws IOException {
    this.directory = directory;
    this.writers = writers;
    this.records = new ChangeRecords(payloads);
    this.transaction = new Transaction(payloads);
    this.opened = reopen();
    renewIfDue();
  }

  /**
   * Opens the database of a directory, with all that was committed.
   *
   * @param writers makes the access for changes from the access to the database
   * @throws StoreException if it is damaged or of a later version; then it is left as it is
   */
  static JournaledDatabase open(Path directory, Payloads payloads, UnaryOperator<Jdbi> writers)
      throws IOException {
    return new JournaledDatabase(directory, payloads, writers);
  }

  /** Asks the database as it is at the moment. */
  <T> T ask(HandleCallback<T, RuntimeException> question) {
    var asked = opened;
    try {
      return asked.readers().withHandle(question);
    } catch (JdbiException e) {
      if (asked.database().isOpen()) {
        throw unreachable(e);
      }
    } catch (IllegalStateException e) {
      // The pool of a database that is being closed says so
      if (asked.database().isOpen()) {
        throw e;
      }
    }
    try {
      return revived(asked).readers().withHandle(question);
    } catch (JdbiException e) {
      throw unreachable(e);
    }
  }

  /**
   * Makes all changes or none; once this has returned they outlive a kill. Changes that take
   * something away outlive a power cut, too.
   *
   * @throws StoreException if they could not be made or kept
   */
  void commit(Changes changes) {
    var record = records.of(changes);
    commitLock.lock();
    try {
      var used = opened;
      try {
        commit(used, changes, record);
      } catch (JdbiException e) {
        if (used.database().isOpen()) {
          throw e;
        }
        commit(revived(used), changes, record);
      }
    } catch (JdbiException | UncheckedIOException e) {
      throw unreachable(e);
    } finally {
      commitLock.unlock();
    }
  }

  private void commit(Opened used, Changes changes, byte[] record) {
    long number = applied + 1;
    long end = used.journal().size();
    try {
      used.writer().useTransaction(handle -> {
        apply(handle, changes, number);
        append(used.journal(), number, record, changes.takesAway());
        // Count it used until its fate is known: of two records with one number, the first is read
        applied = number;
      });
    } catch (JdbiException e) {
      // What the journal has is applied again when the database is opened again
      if (applied < number || !used.database().isOpen()) {
        throw e;
      }
      if (!isMade(used, number)) {
        takeBack(used, number, end);
        throw e;
      }
    }
    if (used.journal().size() > ROTATE_BYTES) {
      rotate(used);
    }
  }

  /** Whether the changes of a failed commit are in the database nevertheless. */
  private static boolean isMade(Opened used, long number) {
    return used.readers().withHandle(JournaledDatabase::applied) == number;
  }

  /**
   * Removes a failed record, since the next start must not apply a change that the caller was told
   * has failed.
   */
  private void takeBack(Opened used, long number, long end) {
    try {
      used.journal().cut(end);
      applied = number - 1;
    } catch (IOException e) {
      PlainWarning.tell(
          LOG, e, "A change that failed stays in the journal, so that the next start makes it");
    }
  }

  /** Prunes without the journal: operations that a crash brings back are pruned another time. */
  void prune(List<OperationId> operations) {
    commitLock.lock();
    try {
      pruned = true;
      opened
          .writer()
          .useTransaction(handle -> operations.forEach(
              id -> handle.execute("DELETE FROM operation WHERE id = ?", id.value())));
    } catch (JdbiException e) {
      throw unreachable(e);
    } finally {
      commitLock.unlock();
    }
  }

  /** Returns a number that no job has had. */
  long nextSeq() {
    return given.incrementAndGet();
  }

  @Override
  public void close() {
    commitLock.lock();
    try {
      ended = true;
      if (pruned) {
        closeSmall(opened);
      } else {
        close(opened);
      }
    } finally {
      commitLock.unlock();
    }
  }

  /** Closes the database and frees the room of pruned rows, also in its copy and its journal. */
  private void closeSmall(Opened last) {
    try {
      last.database().closeSmall();
      last.journal().close();
      close(reopen());
    } catch (IOException | JdbiException e) {
      LOG.warn("Pruned data takes up room until the next start: {}", e.getMessage());
    }
  }

  /** The journal first: it makes up for what of the database is not on the disk yet. */
  private static void close(Opened opened) {
    try {
      opened.journal().close();
    } catch (IOException e) {
      PlainWarning.tell(
          LOG, e, "Nothing is lost, but the journal of the database was not closed properly");
    }
    opened.database().close();
  }

  private void apply(Handle handle, Changes changes, long number) {
    transaction.prepare(changes).useHandle(handle);
    long seq = changes.write() == null ? 0 : changes.write().seq();
    handle.execute("UPDATE journal SET applied = ?, seq = GREATEST(seq, ?)", number, seq);
  }

  /** Appends within the transaction, so that a change that cannot be kept is rolled back. */
  private static void append(WriteAheadLog journal, long number, byte[] record, boolean synced) {
    try {
      journal.append(number, record, synced);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the database and begins a new journal file; if that fails, the next change tries it
   * again.
   */
  private void rotate(Opened used) {
    try {
      used.writer().useHandle(handle -> handle.execute("CHECKPOINT SYNC"));
      used.journal().rotate(applied);
      renewIfDue();
    } catch (JdbiException | IOException e) {
      PlainWarning.tell(
          LOG, e, "The journal of the database grows, since the database could not be written");
    }
  }

  /**
   * Closes the database and opens it again if its copy is so old that much of the journal has to be
   * kept. Only a closed file can be copied safely. Queries wait meanwhile.
   */
  private void renewIfDue() throws IOException {
    long journal = opened.journal().olderBytes();
    if (journal <= LEAST_JOURNAL_BYTES) {
      return;
    }
    long size = StateBackup.size(directory);
    if (journal > Math.min(MOST_JOURNAL_BYTES, size * JOURNAL_SHARE)
        && Files.getFileStore(directory).getUsableSpace() > 2 * size) {
      close(opened);
      opened = reopen();
    }
  }

  /** Opens the database again after it has closed itself, unless another thread has done so. */
  private Opened revived(Opened closed) {
    commitLock.lock();
    try {
      if (ended) {
        throw new StoreException("The state of the jobs in " + directory + " is closed");
      }
      if (opened.equals(closed)) {
        LOG.warn("The database of jobs closed itself, as it does when its file cannot be written;"
            + " it is opened again");
        close(closed);
        opened = reopen();
      }
      return opened;
    } catch (IOException | JdbiException e) {
      throw unreachable(e);
    } finally {
      commitLock.unlock();
    }
  }

  private Opened reopen() throws IOException {
    var backup = new StateBackup(directory);
    try {
      return reopen(backup);
    } catch (JdbiException | IllegalArgumentException e) {
      LOG.warn("The journal does not fit the database; it is applied to the last copy instead", e);
      if (!backup.restore()) {
        throw e;
      }
      return reopen(backup);
    }
  }

  private Opened reopen(StateBackup backup) throws IOException {
    var database = Database.open(directory);
    try {
      var writer = writers.apply(database.writer());
      applied = writer.withHandle(JournaledDatabase::applied);
      long copied = applied;
      var journal =
          WriteAheadLog.open(directory, (number, record) -> restore(writer, number, record));
      long seq = writer.withHandle(JournaledDatabase::highestSeq);
      given.accumulateAndGet(seq, Math::max);
      backup.keep();
      journal.dropUntil(copied);
      return new Opened(database, database.readers(), writer, journal);
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static long applied(Handle handle) {
    return handle.createQuery("SELECT applied FROM journal").mapTo(Long.class).one();
  }

  private static long highestSeq(Handle handle) {
    return handle.createQuery("SELECT seq FROM journal").mapTo(Long.class).one();
  }

  private void restore(Jdbi writer, long number, byte[] record) {
    if (number > applied) {
      var changes = records.changes(record);
      writer.useTransaction(handle -> apply(handle, changes, number));
      applied = number;
    }
  }

  private StoreException unreachable(Exception e) {
    return new StoreException(
        "The state of the jobs in " + directory + " cannot be reached: " + reason(e)
            + ". Look at its disk; what was acknowledged is kept.",
        e);
  }

  /** Takes the innermost reason: the outer ones show statements and their arguments. */
  private static String reason(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
