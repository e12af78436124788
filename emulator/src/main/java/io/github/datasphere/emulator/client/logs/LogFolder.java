package io.github.datasphere.emulator.client.logs;

import io.github.datasphere.emulator.base.PathErrors;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that the official client writes of each run (service-behaviour 5.5, 5.7).
 * {@code stdout.txt} and {@code stderr.txt} hold the program's output unchanged. Safe for several
 * threads.
 */
public final class LogFolder implements Closeable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

  private final Path path;
  private final Clock clock;
  private final Map<LogFile, OutputStream> files = new EnumMap<>(LogFile.class);
  private final Map<Path, OutputStream> userFiles = new HashMap<>();
  private final List<String> troubles = new ArrayList<>();

  private LogFolder(Path path, Clock clock) {
    this.path = path;
    this.clock = clock;
  }

  /**
   * Opens the folder; files that are there already are continued.
   *
   * @param path null for a new folder in the system's temporary one
   * @throws IOException if the folder or a file in it cannot be made
   */
  public static LogFolder open(@Nullable Path path, Clock clock) throws IOException {
    var folder = new LogFolder(path == null ? temporary(clock) : path, clock);
    Files.createDirectories(folder.path);
    try {
      for (var file : LogFile.values()) {
        folder.files.put(file, append(folder.path.resolve(file.fileName())));
      }
    } catch (IOException e) {
      folder.close();
      throw e;
    }
    return folder;
  }

  public Path path() {
    return path;
  }

  /** A line of ours. */
  public synchronized void own(String level, String line) {
    var time = time(clock.instant());
    for (var each : line.split("\n", -1)) {
      write(LogFile.ALL, "[CLI]  " + time + " - [" + level + "] - " + each + "\n");
    }
    flush(LogFile.ALL);
  }

  /** Output of the program or another record of one of the known files. */
  public synchronized void record(LogFile file, byte[] content, Instant at) {
    if (file.isTimed()) {
      for (var line : lines(content)) {
        write(file, time(at) + "  -  " + line + "\n");
      }
    } else {
      write(file, content);
    }
    var mark = file.mark();
    if (mark != null) {
      for (var line : lines(content)) {
        write(LogFile.ALL, "[" + mark + "]  " + time(at) + " - " + line + "\n");
      }
    }
  }

  /** Ends a group of records: what was taken so far is in the files. */
  public synchronized void flush() {
    files.keySet().forEach(this::flush);
  }

  /**
   * A record of a file that the service names otherwise, kept in the user's own folder.
   *
   * @throws IOException if it cannot be written there
   */
  public synchronized void userFile(Path file, byte[] content) throws IOException {
    var out = userFiles.get(file);
    if (out == null) {
      Files.createDirectories(file.resolveSibling(""));
      out = Files.newOutputStream(file);
      userFiles.put(file, out);
    }
    out.write(content);
  }

  @Override
  public synchronized void close() throws IOException {
    for (var out : files.values()) {
      out.close();
    }
    for (var out : userFiles.values()) {
      out.close();
    }
  }

  private static Path temporary(Clock clock) {
    var name = "job_" + LocalDateTime.ofInstant(clock.instant(), clock.getZone());
    return Path.of(System.getProperty("java.io.tmpdir"), "datasphere", name.replace(':', '-'));
  }

  private static OutputStream append(Path file) throws IOException {
    return new BufferedOutputStream(
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  private static String[] lines(byte[] content) {
    return new String(content, StandardCharsets.UTF_8).strip().split("\n");
  }

  private String time(Instant at) {
    return TIME.format(at.atZone(clock.getZone()));
  }

  private void write(LogFile file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What could not be written since this was last asked, as sentences; each file is told once. */
  public synchronized List<String> troubles() {
    var told = List.copyOf(troubles);
    troubles.clear();
    return told;
  }

  /** A full disk must not end the run that is being logged: what cannot be written is left out. */
  private void write(LogFile file, byte[] bytes) {
    var out = files.get(file);
    try {
      if (out != null) {
        out.write(bytes);
      }
    } catch (IOException e) {
      giveUp(file, e);
    }
  }

  private void flush(LogFile file) {
    write(file, new byte[0]);
    var out = files.get(file);
    try {
      if (out != null) {
        out.flush();
      }
    } catch (IOException e) {
      giveUp(file, e);
    }
  }

  private void giveUp(LogFile file, IOException failure) {
    files.remove(file);
    var name = path.resolve(file.fileName());
    troubles.add("the log file " + name + " is not complete: " + PathErrors.words(name, failure));
  }
}
