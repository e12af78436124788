package io.github.datasphere.emulator.client.logs;

import com.google.protobuf.Timestamp;
import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.proto.jobs.LogMessage;
import io.github.datasphere.proto.jobs.StandardStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Brings each record of the service's log to the place where users read it (service-behaviour 5.5).
 */
public final class LogSink {
  /** How a warning in system.log begins. */
  private static final String WARNING = "[WARN] ";

  private final Screen screen;
  private final LogFolder folder;
  private final Path workingDirectory;

  /** @param workingDirectory where log files of the job's own come to lie */
  public LogSink(Screen screen, LogFolder folder, Path workingDirectory) {
    this.screen = screen;
    this.folder = folder;
    this.workingDirectory = workingDirectory;
  }

  /** Shows lines to the user at once, and writes our own lines into the folder. */
  public interface Screen {
    /** Output of the program, unchanged. */
    void stdout(byte[] bytes);

    /** Error output of the program, unchanged. */
    void stderr(byte[] bytes);

    /** A line of ours. */
    void info(String line);

    /** What the service is doing; empty if it is nothing that takes long. */
    void underWay(String text);

    /** Something doubtful. */
    void warn(String line);
  }

  void take(LogMessage message) {
    byte[] content = message.getContent().toByteArray();
    var at = instant(message.getCreatedAt());
    switch (message.getSourceCase()) {
      case STANDARD_STREAM -> standard(message.getStandardStream(), content, at);
      case FILE_PATH -> file(message.getFilePath(), content, at);
      case SOURCE_NOT_SET -> say(content);
    }
  }

  void flush() {
    folder.flush();
    folder.troubles().forEach(screen::warn);
  }

  private void standard(StandardStream stream, byte[] content, Instant at) {
    switch (stream) {
      case ERR -> {
        folder.record(LogFile.STDERR, content, at);
        screen.stderr(content);
      }
      case OUT, STANDARD_STREAM_UNSPECIFIED, UNRECOGNIZED -> {
        folder.record(LogFile.STDOUT, content, at);
        screen.stdout(content);
      }
    }
  }

  private void file(String path, byte[] content, Instant at) {
    var known = LogFile.named(path);
    if (known != null) {
      folder.record(known, content, at);
      if (known == LogFile.SYSTEM) {
        screen.underWay(pull(content));
        warnings(content).forEach(screen::warn);
      }
      return;
    }
    try {
      var file = Utf8Paths.resolve(workingDirectory, path).normalize();
      if (file.startsWith(workingDirectory) && !file.equals(workingDirectory)) {
        folder.userFile(file, content);
        return;
      }
    } catch (IOException | InvalidPathException e) {
      screen.warn("cannot write the log file " + path + ": " + PlainWarning.words(e));
    }
    say(content);
  }

  /** Returns a line about the pull of an image, the only preparation that may take minutes. */
  private static String pull(byte[] content) {
    var last = new String(content, StandardCharsets.UTF_8)
        .lines()
        .reduce("", (before, line) -> line)
        .replaceFirst("^\\[INFO\\] ", "");
    return last.startsWith("Pulling image ") || last.startsWith("Pulled ") ? last : "";
  }

  /** Returns lines that the user should see without opening a log. */
  private static Stream<String> warnings(byte[] content) {
    return new String(content, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(WARNING))
        .map(line -> line.substring(WARNING.length()));
  }

  private void say(byte[] content) {
    screen.info(new String(content, StandardCharsets.UTF_8).strip());
  }

  private static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
