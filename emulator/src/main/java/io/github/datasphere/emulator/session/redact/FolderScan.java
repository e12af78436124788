package io.github.datasphere.emulator.session.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.MessageTexts;
import io.github.datasphere.emulator.session.SessionJson;
import io.github.datasphere.emulator.session.SessionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks through a written recording for what must not be in it: in its bytes, its texts, what these
 * hold in base64 or compressed, and the logs as they read when their pieces are put together.
 */
final class FolderScan {
  private static final int SHORTEST_ENCODED = 12;
  private static final int TAIL = 16 << 10;

  private final Needles needles;
  private final SecretShapes shapes = new SecretShapes(List.of());

  FolderScan(Needles needles) {
    this.needles = needles;
  }

  /** Returns where something was found: a line or a file; empty if the recording is clean. */
  List<String> findings(Path folder, Api api) throws IOException {
    var found = new ArrayList<String>();
    scanLines(folder, found);
    scanLogs(folder, api, found);
    var files = folder.resolve(SessionReader.FILES);
    if (Files.isDirectory(files)) {
      try (var all = Files.list(files)) {
        for (var file : all.sorted().toList()) {
          if (Packed.hides(Files.readAllBytes(file), needles)) {
            found.add("file " + file.getFileName());
          }
        }
      }
    }
    return found;
  }

  private void scanLines(Path folder, List<String> found) throws IOException {
    try (var lines = Files.newBufferedReader(folder.resolve(SessionReader.EVENTS), UTF_8)) {
      int number = 1;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (needles.isIn(line.getBytes(UTF_8)) || isIn(SessionJson.parse(line))) {
          found.add("line " + number);
        }
        number++;
      }
    }
  }

  private boolean isIn(Object json) {
    if (json instanceof Map<?, ?> fields) {
      return fields.entrySet().stream()
          .anyMatch(field -> isIn(String.valueOf(field.getKey())) || isIn(field.getValue()));
    }
    if (json instanceof List<?> items) {
      return items.stream().anyMatch(this::isIn);
    }
    return json instanceof String text && isSecret(text);
  }

  private boolean isSecret(String text) {
    return needles.isIn(text.getBytes(UTF_8)) || hasStrongShape(text) || hidesEncoded(text);
  }

  private boolean hidesEncoded(String text) {
    if (text.length() < SHORTEST_ENCODED || !text.matches("[A-Za-z0-9+/]+={0,2}")) {
      return false;
    }
    try {
      var decoded = Base64.getDecoder().decode(text);
      return Packed.hides(decoded, needles) || hasStrongShape(new String(decoded, ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean hasStrongShape(String text) {
    var found = new boolean[1];
    shapes.find(text, (kind, value) -> found[0] |= isStrong(kind) && !value.contains("***"));
    return found[0];
  }

  /** Whether nothing but a secret looks like this. */
  private static boolean isStrong(String kind) {
    return switch (kind) {
      case "iam-token", "jwt", "oauth-token", "api-key", "access-key", "private-key" -> true;
      default -> false;
    };
  }

  private void scanLogs(Path folder, Api api, List<String> found) {
    var tails = new HashMap<String, ByteString>();
    try (var reader = SessionReader.open(folder, api)) {
      int line = 2;
      for (var event = reader.next(); event != null; event = reader.next()) {
        if (event.event() instanceof Replied reply) {
          var message = reply.content().message();
          var look = new LogLook(tails, reply.call());
          if (message != null) {
            new MessageTexts(api).visit(message, look);
          }
          if (look.found) {
            found.add("the log that goes on in line " + line);
          }
        }
        line++;
      }
    }
  }

  private final class LogLook extends Redactor.Reading {
    private final Map<String, ByteString> tails;
    private final long call;
    private boolean found;

    LogLook(Map<String, ByteString> tails, long call) {
      this.tails = tails;
      this.call = call;
    }

    @Override
    public ByteString bytes(FieldDescriptor field, ByteString value, Message parent) {
      var log = call + " " + LogFields.sourceOf(field, parent);
      var text = tails.getOrDefault(log, ByteString.EMPTY).concat(value);
      found |= needles.isIn(text.toByteArray()) || hasStrongShape(text.toString(ISO_8859_1));
      tails.put(log, text.substring(Math.max(0, text.size() - Math.min(TAIL, tail(text)))));
      return value;
    }

    private static int tail(ByteString text) {
      int size = text.size();
      int begin = size;
      while (begin > 0 && !Character.isWhitespace(text.byteAt(begin - 1))) {
        begin--;
      }
      return size - begin;
    }
  }
}
