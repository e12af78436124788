package io.github.datasphere.emulator.client.config;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A file that a user wrote, as text. */
final class TextFile {
  private static final long CHECK_MILLIS = 50;
  private static final String SAVE_AS = "save it as UTF-8";

  private TextFile() {}

  /**
   * Reads the whole file.
   *
   * @param check called now and then while nothing comes, as from a pipe without a writer; ends the
   *     wait by an exception
   * @throws CharacterCodingException if it is not UTF-8; the message says what to do
   */
  static String read(Path file, Runnable check) throws IOException {
    byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : await(file, check);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new NotUtf8Exception(bytes);
    }
  }

  /**
   * Reads on another thread. If that waits for the other end of a pipe, nothing can end it, so it
   * is left behind.
   */
  private static byte[] await(Path file, Runnable check) throws IOException {
    var reading = new FutureTask<>(() -> Files.readAllBytes(file));
    var thread = new Thread(reading, "reading " + file);
    thread.setDaemon(true);
    thread.start();
    while (true) {
      try {
        return reading.get(CHECK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        check.run();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }

  private static final class NotUtf8Exception extends CharacterCodingException {
    private static final long serialVersionUID = 1;

    private final String message;

    NotUtf8Exception(byte[] bytes) {
      this.message = isUtf16(bytes)
          ? "it is UTF-16 text, as `>` writes it in PowerShell: " + SAVE_AS
          : "it is not UTF-8 text: " + SAVE_AS;
    }

    /** It begins with the mark that tells the order of bytes. */
    private static boolean isUtf16(byte[] bytes) {
      if (bytes.length < 2) {
        return false;
      }
      var start = ((bytes[0] & 0xFF) << Byte.SIZE) | (bytes[1] & 0xFF);
      return start == 0xFEFF || start == 0xFFFE;
    }

    @Override
    public String getMessage() {
      return message;
    }
  }
}
