package io.github.datasphere.emulator.session;

import io.github.datasphere.emulator.base.PathErrors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording one event at a time; not for several threads. Every fault of the recording is
 * told with the number of its line.
 */
public final class SessionReader implements AutoCloseable {
  /** The name of the file with the events. */
  public static final String EVENTS = "session.jsonl";

  /** The name of the folder with the files' contents. */
  public static final String FILES = "files";

  private final Path folder;
  private final Path file;
  private final BufferedReader lines;
  private final EventJson json;
  private final Header header;
  private long number = 1;
  private Duration before = Duration.ZERO;
  private boolean over;

  private SessionReader(Path folder, BufferedReader lines, Api api) throws IOException {
    this.folder = folder;
    this.file = folder.resolve(EVENTS);
    this.lines = lines;
    this.json = new EventJson(api);
    this.header = readHeader();
  }

  /**
   * Opens a recording.
   *
   * @throws SessionException if there is none, or it is of another format
   */
  public static SessionReader open(Path folder, Api api) {
    var file = folder.resolve(EVENTS);
    try {
      var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8);
      try {
        return new SessionReader(folder, lines, api);
      } catch (IOException | RuntimeException e) {
        lines.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new SessionException(
          "There is no recording in " + folder + ": it has no file " + EVENTS
              + ". Name the folder that 'record' made.",
          e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Reads the lines of a session that lie elsewhere.
   *
   * @param place what messages call the place where they lie
   * @throws SessionException if they are of another format
   */
  public static SessionReader of(InputStream events, Path place, Api api) throws IOException {
    return new SessionReader(
        place, new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8)), api);
  }

  /** Returns the first line. */
  public Header header() {
    return header;
  }

  /**
   * Returns the next event; null at the end.
   *
   * @throws SessionException if the recording is cut, or a line is not one of it
   */
  public @Nullable TimedEvent next() {
    if (over) {
      return null;
    }
    try {
      var text = lines.readLine();
      number++;
      if (text == null) {
        throw new SessionException("The recording in " + folder + " is cut: it ends after line "
            + (number - 1) + " without an event \"over\". Record it again.");
      }
      return parse(text);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private @Nullable TimedEvent parse(String text) throws IOException {
    try {
      var line = new Line(text);
      if (line.text("event").equals("over")) {
        finish(line);
        return null;
      }
      var event = json.parse(line);
      if (event.at().compareTo(before) < 0) {
        throw new SessionException("its time lies before that of the line above");
      }
      before = event.at();
      return event;
    } catch (SessionException | DateTimeException | IllegalArgumentException e) {
      throw new SessionException(
          "Line " + number + " of " + file + " cannot be read: " + e.getMessage()
              + ". Was the recording edited?",
          e);
    }
  }

  private void finish(Line line) throws IOException {
    if (line.number("events") != number - 2) {
      throw new SessionException("it says that " + line.number("events")
          + " events stand before it, and there are " + (number - 2)
          + "; correct the number if lines were removed on purpose");
    }
    if (lines.readLine() != null) {
      throw new SessionException("something follows the last event");
    }
    over = true;
  }

  private Header readHeader() throws IOException {
    try {
      var first = lines.readLine();
      return Header.of(new Line(first == null ? "" : first));
    } catch (SessionException | DateTimeException e) {
      throw new SessionException(
          "The first line of " + file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** Returns the content of a file; empty if the recording does not have it. */
  public static Optional<InputStream> file(Path folder, String sha256) throws IOException {
    if (!sha256.matches("[0-9a-f]{64}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.newInputStream(folder.resolve(FILES).resolve(sha256)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static SessionException unreadable(Path file, IOException e) {
    return new SessionException(
        "The recording " + file + " cannot be read: " + PathErrors.words(file, e) + ".", e);
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
