package io.github.datasphere.emulator.store.h2;

import io.github.datasphere.emulator.base.Durable;
import io.github.datasphere.emulator.base.OwnerOnly;
import io.github.datasphere.emulator.base.PlainWarning;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps, in order, the changes that the database may not have written to its file yet. Its files
 * are only appended to. An appended record outlives a kill; a second later, at the next synced
 * record, and when its file is closed, it also outlives a power cut. Whenever the database is
 * written, another file is begun; the earlier files stay as long as an older copy of the database
 * needs them.
 *
 * <p>A record is its length, the checksum of what follows, its number and its bytes. A record that
 * a crash tore is cut off.
 */
final class WriteAheadLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);
  private static final String CURRENT = "journal";
  private static final Pattern OLDER = Pattern.compile("journal\\.(\\d+)");
  private static final int HEAD_BYTES = 16;
  private static final int NUMBER_BYTES = 8;
  private static final int SYNC_SECONDS = 1;

  private final Path current;
  private final Path directory;

  private final AtomicBoolean isSyncDue = new AtomicBoolean();

  /** This is no FileChannel, since the interrupt of a thread would close that. */
  private volatile RandomAccessFile file;

  private long size;

  /** Takes a record of the journal. */
  @FunctionalInterface
  interface Reader {
    void accept(long number, byte[] record);
  }

  private WriteAheadLog(Path directory) throws IOException {
    this.current = directory.resolve(CURRENT);
    this.directory = directory;
    this.file = openCurrent();
  }

  private RandomAccessFile openCurrent() throws IOException {
    if (Files.notExists(current)) {
      OwnerOnly.createIfMissing(current);
      Durable.syncNames(directory);
    }
    return new RandomAccessFile(current.toFile(), "rw");
  }

  /** Whether there was a journal, and so a database. */
  static boolean exists(Path directory) {
    return Files.exists(directory.resolve(CURRENT));
  }

  /** Opens the journal of a directory and hands out its records, oldest first. */
  static WriteAheadLog open(Path directory, Reader reader) throws IOException {
    var journal = new WriteAheadLog(directory);
    try {
      for (var older : journal.older().values()) {
        read(older, reader);
      }
      journal.size = read(journal.current, reader);
      journal.file.setLength(journal.size);
      return journal;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /**
   * Adds a record.
   *
   * @param synced whether it outlives a power cut, too, once this returns; so do all before it
   * @throws IOException if it could not be written; then it is not in the journal
   */
  void append(long number, byte[] record, boolean synced) throws IOException {
    var body = ByteBuffer.allocate(NUMBER_BYTES + record.length).putLong(number).put(record);
    var frame = ByteBuffer.allocate(HEAD_BYTES + record.length)
        .putInt(record.length)
        .putInt(checksum(body.array()))
        .put(body.flip());
    // Write at this place, not at the end of the file: a part of a failed record may be there
    file.seek(size);
    file.write(frame.array());
    if (synced) {
      syncOrCut();
    } else if (isSyncDue.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(SYNC_SECONDS, TimeUnit.SECONDS).execute(this::sync);
    }
    size += frame.capacity();
  }

  /** Removes a record that cannot be synced: the next start must not take it for a change. */
  private void syncOrCut() throws IOException {
    try {
      file.getFD().sync();
    } catch (IOException e) {
      file.setLength(size);
      throw e;
    }
  }

  /** Runs beside the changes, so that none of them waits for the disk. */
  private void sync() {
    isSyncDue.set(false);
    var synced = file;
    try {
      synced.getFD().sync();
    } catch (IOException e) {
      // A file that was replaced or closed meanwhile was synced then
      if (synced.equals(file) && synced.getChannel().isOpen()) {
        PlainWarning.tell(LOG, e, "A power cut now would cost the latest changes of jobs");
      }
    }
  }

  /** Removes the records that were added since the journal had this size. */
  void cut(long earlierSize) throws IOException {
    file.setLength(earlierSize);
    size = earlierSize;
  }

  /** Returns the bytes since the last rotation. */
  long size() {
    return size;
  }

  /** Begins another file. {@code number} is that of the last record in the present file. */
  void rotate(long number) throws IOException {
    // Closing syncs the file. Without that a power cut could leave a gap before the next file
    close();
    try {
      Files.move(
          current, directory.resolve(CURRENT + "." + number), StandardCopyOption.ATOMIC_MOVE);
      size = 0;
    } finally {
      file = openCurrent();
    }
  }

  /** Returns the bytes of the files before the last rotation. */
  long olderBytes() throws IOException {
    long bytes = 0;
    for (var path : older().values()) {
      bytes += Files.size(path);
    }
    return bytes;
  }

  /** Deletes files whose records all have this number or a smaller one. */
  void dropUntil(long number) throws IOException {
    for (var done : older().headMap(number, true).values()) {
      Files.delete(done);
    }
  }

  /** Returns the earlier files by the number of their last record. */
  private NavigableMap<Long, Path> older() throws IOException {
    var older = new TreeMap<Long, Path>();
    try (var files = Files.newDirectoryStream(directory, CURRENT + ".*")) {
      for (var path : files) {
        var name = OLDER.matcher(path.getFileName().toString());
        if (name.matches()) {
          older.put(Long.valueOf(name.group(1)), path);
        }
      }
    }
    return older;
  }

  @Override
  public void close() throws IOException {
    try (var closed = file) {
      closed.getFD().sync();
    }
  }

  /** Hands out the complete records at the start of a file, and returns where they end. */
  private static long read(Path path, Reader reader) throws IOException {
    long end = 0;
    try (var file = Files.newInputStream(path);
        var input = new DataInputStream(new BufferedInputStream(file))) {
      for (var body = next(input); body.hasRemaining(); body = next(input)) {
        end += HEAD_BYTES - NUMBER_BYTES + body.remaining();
        long number = body.getLong();
        var record = new byte[body.remaining()];
        body.get(record);
        reader.accept(number, record);
      }
    } catch (NoSuchFileException e) {
      return 0;
    }
    long torn = Files.size(path) - end;
    if (torn > 0) {
      LOG.warn("The last {} bytes of {} are an incomplete record, which is dropped", torn, path);
    }
    return end;
  }

  /** Returns number and bytes of the next record; empty if there is no other complete one. */
  private static ByteBuffer next(DataInputStream input) throws IOException {
    try {
      int length = input.readInt();
      int checksum = input.readInt();
      var body = length > 0 ? input.readNBytes(NUMBER_BYTES + length) : new byte[0];
      return body.length == NUMBER_BYTES + length && checksum(body) == checksum
          ? ByteBuffer.wrap(body)
          : ByteBuffer.allocate(0);
    } catch (EOFException e) {
      return ByteBuffer.allocate(0);
    }
  }

  private static int checksum(byte[] body) {
    var sum = new CRC32C();
    sum.update(body);
    return (int) sum.getValue();
  }
}
