package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.runner.Attempts.Attempt;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content of a storage that may leave its reader waiting for minutes. It is read by a thread of its
 * own, one piece ahead, so that a cancelled job does not wait with it: the thread is left alone
 * then, and closes the content once the storage has answered.
 */
final class RemoteContent extends InputStream {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteContent.class);
  private static final int PIECE_BYTES = 64 * 1024;
  private static final long LOOK_MILLIS = 100;

  private final InputStream content;
  private final ExecutorService reader;
  private final Cancellation cancellation;
  private byte[] piece = new byte[PIECE_BYTES];
  private byte[] ahead = new byte[PIECE_BYTES];
  private Future<Integer> reading;
  private int position;
  private int length;
  private boolean isOver;

  private RemoteContent(InputStream content, ExecutorService reader, Cancellation cancellation) {
    this.content = content;
    this.reader = reader;
    this.cancellation = cancellation;
    this.reading = readAhead();
  }

  /** Waits for the storage to open the content, unless the job is cancelled meanwhile. */
  static RemoteContent open(Attempt<InputStream> opening, Cancellation cancellation)
      throws IOException {
    var reader = Executors.newSingleThreadExecutor(RemoteContent::daemon);
    var opened = reader.submit(opening::run);
    try {
      return new RemoteContent(await(opened, cancellation), reader, cancellation);
    } catch (IOException | RuntimeException | Error e) {
      reader.execute(() -> closeIfOpened(opened));
      reader.shutdown();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (position == length && !isOver) {
      advance();
    }
    if (position == length) {
      return -1;
    }
    int given = Math.min(count, length - position);
    System.arraycopy(piece, position, target, offset, given);
    position += given;
    return given;
  }

  /** Waits for nothing. */
  @Override
  public void close() {
    if (!reader.isShutdown()) {
      reader.execute(() -> close(content));
      reader.shutdown();
    }
  }

  private void advance() throws IOException {
    length = await(reading, cancellation);
    position = 0;
    var free = piece;
    piece = ahead;
    ahead = free;
    isOver = length < PIECE_BYTES;
    if (!isOver) {
      reading = readAhead();
    }
  }

  private Future<Integer> readAhead() {
    var into = ahead;
    return reader.submit(() -> content.readNBytes(into, 0, PIECE_BYTES));
  }

  private static <T> T await(Future<T> result, Cancellation cancellation) throws IOException {
    while (true) {
      try {
        return result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        check(cancellation);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while a storage was read");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException fault) {
          throw fault;
        }
        if (e.getCause() instanceof Error fault) {
          throw fault;
        }
        throw (IOException) e.getCause();
      }
    }
  }

  private static void check(Cancellation cancellation) throws IOException {
    try {
      cancellation.check();
    } catch (CancelledException e) {
      throw new IOException("the job was cancelled", e);
    }
  }

  private static void closeIfOpened(Future<InputStream> opened) {
    try {
      close(opened.get());
    } catch (ExecutionException e) {
      LOG.debug("A content that is not wanted any more was not opened", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(InputStream content) {
    try {
      content.close();
    } catch (IOException e) {
      LOG.debug("A content did not close well", e);
    }
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "datasphere-input");
    thread.setDaemon(true);
    return thread;
  }
}
