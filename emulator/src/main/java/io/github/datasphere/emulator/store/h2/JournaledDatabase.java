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
 * The database, and the journal that makes up for what it has not written to its file when the
 * process ends. Each transaction also notes the number of its record, so what is read again at the
 * next start are those records alone that the database has lost.
 */
final class JournaledDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournaledDatabase.class);

  /** Small enough to be read at each start, large enough that turns cost nothing. */
  private static final long TURN_BYTES = 2 << 20;

  /**
   * How much of the journal there may be until a new copy of the database makes up for it: of the
   * database's own size, within these. More of it takes longer to read again after a kill, less of
   * it copies more often.
   */
  private static final double JOURNAL_SHARE = 0.5;

  private static final long LEAST_JOURNAL_BYTES = 16 << 20;
  private static final long MOST_JOURNAL_BYTES = 128 << 20;

  private final Path directory;
  private final UnaryOperator<Jdbi> writers;
  private final ChangeRecords records;
  private final Transaction transaction;

  /** One change after another: none meets the rows of another, and the journal is in order. */
  private final ReentrantLock turn = new ReentrantLock(true);

  /** The highest number that a job was given. */
  private final AtomicLong given = new AtomicLong();

  private volatile Opened opened;

  private record Opened(Database database, Jdbi readers, Jdbi writer, Journal journal) {}

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
   * @param writers what changes are made through, given what leads to the database
   * @throws StoreException if it is of a later version or damaged; it is left as it is then
   */
  static JournaledDatabase open(Path directory, Payloads payloads, UnaryOperator<Jdbi> writers)
      throws IOException {
    return new JournaledDatabase(directory, payloads, writers);
  }

  /** Asks the database as it is. */
  <T> T ask(HandleCallback<T, RuntimeException> question) {
    var asked = opened;
    try {
      return asked.readers().withHandle(question);
    } catch (JdbiException e) {
      if (asked.database().isOpen()) {
        throw unreachable(e);
      }
    } catch (IllegalStateException e) {
      // What the pool of a database says that is being closed
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
   * Makes the changes, all or none; they outlive a kill when this returns.
   *
   * @throws StoreException if they could not be made or kept
   */
  void commit(Changes changes) {
    var record = records.of(changes);
    turn.lock();
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
      turn.unlock();
    }
  }

  private void commit(Opened used, Changes changes, byte[] record) {
    long number = applied + 1;
    long end = used.journal().size();
    try {
      used.writer().useTransaction(handle -> {
        apply(handle, changes, number);
        append(used.journal(), number, record);
        // Until it is known what became of it: of two records with one number the first is read
        applied = number;
      });
    } catch (JdbiException e) {
      // What is noted is read again when the database is opened again
      if (applied < number || !used.database().isOpen()) {
        throw e;
      }
      if (!isMade(used, number)) {
        takeBack(used, number, end);
        throw e;
      }
    }
    if (used.journal().size() > TURN_BYTES) {
      turn(used);
    }
  }

  /** Of a commit that failed: whether its changes are in the database. */
  private static boolean isMade(Opened used, long number) {
    return used.readers().withHandle(JournaledDatabase::applied) == number;
  }

  /** A start must not find what the caller was told has failed. */
  private void takeBack(Opened used, long number, long end) {
    try {
      used.journal().cut(end);
      applied = number - 1;
    } catch (IOException e) {
      PlainWarning.tell(
          LOG, e, "A change that failed stays in the journal, so that the next start makes it");
    }
  }

  /** Not in the journal: what a crash brings back is pruned another time. */
  void prune(List<OperationId> operations) {
    turn.lock();
    try {
      pruned = true;
      opened
          .writer()
          .useTransaction(handle -> operations.forEach(
              id -> handle.execute("DELETE FROM operation WHERE id = ?", id.value())));
    } catch (JdbiException e) {
      throw unreachable(e);
    } finally {
      turn.unlock();
    }
  }

  /** A number that no job has had. */
  long nextSeq() {
    return given.incrementAndGet();
  }

  @Override
  public void close() {
    turn.lock();
    try {
      ended = true;
      if (pruned) {
        closeSmall(opened);
      } else {
        close(opened);
      }
    } finally {
      turn.unlock();
    }
  }

  /** What was pruned takes no room any more, in the copy and the journal either. */
  private void closeSmall(Opened last) {
    try {
      last.database().closeSmall();
      last.journal().close();
      close(reopen());
    } catch (IOException | JdbiException e) {
      LOG.warn("What was pruned takes room until the next start: {}", e.getMessage());
    }
  }

  private static void close(Opened opened) {
    opened.database().close();
    try {
      opened.journal().close();
    } catch (IOException e) {
      PlainWarning.tell(
          LOG, e, "Nothing is lost, but the journal of the database was not closed properly");
    }
  }

  private void apply(Handle handle, Changes changes, long number) {
    transaction.prepare(changes).useHandle(handle);
    long seq = changes.write() == null ? 0 : changes.write().seq();
    handle.execute("UPDATE journal SET applied = ?, seq = GREATEST(seq, ?)", number, seq);
  }

  /** Within the transaction: what can't be kept is taken back. */
  private static void append(Journal journal, long number, byte[] record) {
    try {
      journal.append(number, record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A turn that fails is tried again with the next change. */
  private void turn(Opened used) {
    try {
      used.writer().useHandle(handle -> handle.execute("CHECKPOINT SYNC"));
      used.journal().turn(applied);
      renewIfDue();
    } catch (JdbiException | IOException e) {
      PlainWarning.tell(
          LOG, e, "The journal of the database grows, since the database could not be written");
    }
  }

  /**
   * Closes the database and opens it again, where its copy is so old that much of the journal has
   * to be kept: a copy is sound only of a file that is closed. Questions wait meanwhile.
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

  /** Another one, unless somebody has seen to that: the database has closed itself. */
  private Opened revived(Opened closed) {
    turn.lock();
    try {
      if (ended) {
        throw new StoreException("The state of the jobs in " + directory + " is closed");
      }
      if (opened.equals(closed)) {
        LOG.warn("The database of jobs closed itself, as it does when its file can't be written;"
            + " it is opened again");
        close(closed);
        opened = reopen();
      }
      return opened;
    } catch (IOException | JdbiException e) {
      throw unreachable(e);
    } finally {
      turn.unlock();
    }
  }

  private Opened reopen() throws IOException {
    var backup = new StateBackup(directory);
    try {
      return reopen(backup);
    } catch (JdbiException | IllegalArgumentException e) {
      LOG.warn("The journal does not fit the database", e);
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
      var journal = Journal.open(directory, (number, record) -> restore(writer, number, record));
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
        "The state of the jobs in " + directory + " can't be reached: " + reason(e)
            + ". Look at its disk; what was acknowledged is kept.",
        e);
  }

  /** The innermost: those around it tell of statements and their arguments. */
  private static String reason(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
