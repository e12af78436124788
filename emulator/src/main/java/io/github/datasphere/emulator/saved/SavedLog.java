package io.github.datasphere.emulator.saved;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.engine.LogReading;
import io.github.datasphere.emulator.engine.LogReceiver;
import io.github.datasphere.emulator.time.Scheduler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The log of a saved job, in a temporary file that vanishes with it: a zip cannot be read from any
 * place, a log of millions of lines must be.
 */
final class SavedLog implements AutoCloseable {
  /** The place of one in so many records is known. */
  private static final int STEP = 64;

  private final FileChannel file;
  private final List<Long> places = new ArrayList<>();
  private long end;

  /** Takes the lines of a log. */
  SavedLog(InputStream lines) throws IOException {
    var temporary = Files.createTempFile("dsjob-", ".log");
    this.file = FileChannel.open(
        temporary,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
    try {
      copy(lines);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void copy(InputStream lines) throws IOException {
    var buffer = new byte[1 << 16];
    long written = 0;
    places.add(0L);
    for (int had = lines.read(buffer); had >= 0; had = lines.read(buffer)) {
      for (int i = 0; i < had; i++) {
        if (buffer[i] == '\n' && ++end % STEP == 0) {
          places.add(written + i + 1);
        }
      }
      var part = ByteBuffer.wrap(buffer, 0, had);
      while (part.hasRemaining()) {
        file.write(part);
      }
      written += had;
    }
  }

  /** Returns how many records there are. */
  long end() {
    return end;
  }

  LogReading from(long offset) {
    return new Reading(offset);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private BufferedReader linesFrom(long offset) throws IOException {
    var reader = new BufferedReader(
        new InputStreamReader(new Part(places.get((int) (offset / STEP))), UTF_8));
    for (long skipped = offset % STEP; skipped > 0; skipped--) {
      reader.readLine();
    }
    return reader;
  }

  /** The file from a place on, independent of other readers. */
  private final class Part extends InputStream {
    private long place;

    Part(long place) {
      this.place = place;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int had = file.read(ByteBuffer.wrap(into, offset, length), place);
      place += Math.max(0, had);
      return had;
    }
  }

  private final class Reading implements LogReading {
    private long position;
    private final BufferedReader lines;

    Reading(long offset) {
      this.position = Math.max(0, offset);
      try {
        this.lines = linesFrom(Math.min(position, end));
      } catch (IOException e) {
        throw new UncheckedIOException("The log cannot be read: " + e.getMessage(), e);
      }
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public boolean read(int maxBytes, LogReceiver sink) {
      try {
        int had = 0;
        while (position < end && had < maxBytes) {
          var line = lines.readLine();
          if (line == null) {
            break;
          }
          had += LogLines.read(line, sink);
          position++;
        }
        return position >= end;
      } catch (IOException e) {
        throw new UncheckedIOException("The log cannot be read: " + e.getMessage(), e);
      }
    }

    @Override
    public Scheduler.Cancellable whenReadable(Runnable task) {
      task.run();
      return () -> {};
    }
  }
}
