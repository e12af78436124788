package io.github.datasphere.emulator.saved;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.engine.LogReceiver;
import io.github.datasphere.emulator.session.SessionException;
import io.github.datasphere.emulator.session.SessionJson;
import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Records of a log as lines of JSON. Content that is no UTF-8 is base64. */
final class LogLines implements LogReceiver {
  private static final String STDOUT = "stdout";
  private static final String STDERR = "stderr";

  private final OutputStream out;
  private @Nullable IOException failure;

  LogLines(OutputStream out) {
    this.out = out;
  }

  /** Throws what has gone wrong. */
  void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Reads a line.
   *
   * @return how many bytes the record has
   * @throws SessionException if it is no record
   */
  static int read(String line, LogReceiver sink) {
    var fields = SessionJson.parseObject(line);
    try {
      var at = Instant.parse(String.valueOf(fields.get("at")));
      var source = String.valueOf(fields.get("source"));
      var content = fields.get("bytes") instanceof String base64
          ? Base64.getDecoder().decode(base64)
          : String.valueOf(fields.get("text")).getBytes(UTF_8);
      if (source.equals(STDOUT)) {
        sink.stdout(at, content);
      } else if (source.equals(STDERR)) {
        sink.stderr(at, content);
      } else {
        sink.file(source, at, content);
      }
      return content.length;
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new SessionException("a record of the log cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void stdout(Instant createdAt, byte[] content) {
    write(STDOUT, createdAt, content);
  }

  @Override
  public void stderr(Instant createdAt, byte[] content) {
    write(STDERR, createdAt, content);
  }

  @Override
  public void file(String path, Instant createdAt, byte[] content) {
    write(path, createdAt, content);
  }

  private void write(String source, Instant createdAt, byte[] content) {
    if (failure != null) {
      return;
    }
    var fields = new LinkedHashMap<String, Object>();
    fields.put("at", createdAt.toString());
    fields.put("source", source);
    var text = new String(content, UTF_8);
    if (Arrays.equals(text.getBytes(UTF_8), content)) {
      fields.put("text", text);
    } else {
      fields.put("bytes", Base64.getEncoder().encodeToString(content));
    }
    try {
      out.write((SessionJson.write(fields) + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      failure = e;
    }
  }
}
