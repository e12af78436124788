package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.base.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * A new file whose content goes to the disk while more comes in. Otherwise a large file would stay
 * in memory until its end, and then its client would wait for the disk.
 */
final class FlushingFile implements AutoCloseable {
  private static final long FLUSH_EVERY_BYTES = 32 << 20;

  /**
   * The most that is written at once. Linux 6.18 looks for memory in pieces as large as a write to
   * ext4 is, and new memory seldom has larger ones: the first 2 GiB took 1.9 s in pieces of 128
   * KiB, 3.5 s in pieces of 256 KiB and 5 s in pieces of 1 MiB.
   */
  private static final int WRITE_BYTES = 128 * 1024;

  private final Path directory;
  private final FileChannel file;
  private final Disk disk;
  private final Executor helpers;
  private CompletableFuture<Void> flush = CompletableFuture.completedFuture(null);
  private long unflushed;

  FlushingFile(Path path, Path directory, Disk disk, Executor helpers) throws IOException {
    this.directory = directory;
    this.disk = disk;
    this.helpers = helpers;
    try {
      this.file = FileChannel.open(
          path,
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          OwnerOnly.file(path));
    } catch (IOException e) {
      throw DiskErrors.explain(e, directory);
    }
  }

  void append(ByteBuffer bytes) throws IOException {
    unflushed += bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        int length = Math.min(bytes.remaining(), WRITE_BYTES);
        int written = file.write(bytes.slice(bytes.position(), length));
        bytes.position(bytes.position() + written);
      }
      if (unflushed >= FLUSH_EVERY_BYTES && flush.isDone()) {
        join();
        unflushed = 0;
        flush = CompletableFuture.runAsync(this::sync, helpers);
      }
    } catch (IOException e) {
      throw DiskErrors.explain(e, directory);
    }
  }

  /** Waits until everything is as durable as the disk is asked to make it. */
  void finish() throws IOException {
    try {
      join();
      disk.sync(file);
    } catch (IOException e) {
      throw DiskErrors.explain(e, directory);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void sync() {
    try {
      disk.sync(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits for the flush and passes its failure on: the system reports a failure to write only once.
   */
  private void join() throws IOException {
    try {
      flush.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      throw e;
    }
  }
}
