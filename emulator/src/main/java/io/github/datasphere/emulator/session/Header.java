package io.github.datasphere.emulator.session;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first line of a recording.
 *
 * @param recordedAt when the session began
 * @param recorder what wrote it, with its version
 * @param source {@code service} for the real service, {@code emulator} for ours
 * @param clients the programs whose calls it has, by their user-agent
 * @param unknown what the service sent that our protos do not know, as sentences
 */
public record Header(
    Instant recordedAt,
    String recorder,
    String source,
    List<String> clients,
    List<String> unknown) {
  /** The version that this code writes; it reads no other. */
  public static final String FORMAT = "datasphere-session/1";

  public static final String SERVICE = "service";
  public static final String EMULATOR = "emulator";

  public Header {
    clients = List.copyOf(clients);
    unknown = List.copyOf(unknown);
  }

  /** Returns the same line with these clients. */
  public Header of(Collection<String> callers) {
    return new Header(recordedAt, recorder, source, List.copyOf(callers), unknown);
  }

  /** Returns the first line of what this emulator has seen. */
  public static Header ofEmulator(Instant begin) {
    var version = Header.class.getPackage().getImplementationVersion();
    var recorder = "datasphere-emulator" + (version == null ? "" : " " + version);
    return new Header(begin, recorder, EMULATOR, List.of(), List.of());
  }

  /** Returns the line as JSON. */
  public Map<String, Object> toJson() {
    var line = new LinkedHashMap<String, Object>();
    line.put("format", FORMAT);
    line.put("recorded_at", recordedAt.toString());
    line.put("recorder", recorder);
    line.put("source", source);
    if (!clients.isEmpty()) {
      line.put("clients", List.copyOf(clients));
    }
    if (!unknown.isEmpty()) {
      line.put("unknown", List.copyOf(unknown));
    }
    return line;
  }

  static Header of(Line line) {
    var format = line.text("format");
    if (!format.equals(FORMAT)) {
      throw new SessionException(
          "the recording has the format " + format + ", and this version reads " + FORMAT
              + ": use a version that reads it, or record again");
    }
    return new Header(
        Instant.parse(line.text("recorded_at")),
        line.text("recorder"),
        line.text("source"),
        line.texts("clients"),
        line.texts("unknown"));
  }
}
