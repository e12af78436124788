package io.github.datasphere.emulator.session;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.Event.OfCall;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.Event.Started;
import io.github.datasphere.emulator.session.Event.Warned;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A recording that was read once as a whole. Replies of streams stay in the file. */
public final class Recording {
  private final Path folder;
  private final Api api;
  private final Header header;
  private final Map<Long, SessionCall> calls = new LinkedHashMap<>();
  private final List<TimedEvent> moves = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private Duration end = Duration.ZERO;

  private Recording(Path folder, Api api, SessionReader reader, Consumer<TimedEvent> alongside) {
    this.folder = folder;
    this.api = api;
    this.header = reader.header();
    for (var event = reader.next(); event != null; event = reader.next()) {
      add(event);
      alongside.accept(event);
      end = event.at();
    }
    calls.values().forEach(Recording::checkHasEnded);
  }

  /**
   * Reads a recording.
   *
   * @throws SessionException if it is none, is cut, or cannot be read
   */
  public static Recording read(Path folder, Api api) {
    return read(folder, api, event -> {});
  }

  /**
   * Reads a recording, and shows each event to another reader, to whom a second look would cost as
   * much as the first.
   *
   * @throws SessionException if it is none, is cut, or cannot be read
   */
  public static Recording read(Path folder, Api api, Consumer<TimedEvent> alongside) {
    try (var reader = SessionReader.open(folder, api)) {
      return new Recording(folder, api, reader, alongside);
    }
  }

  private void add(TimedEvent timed) {
    var event = timed.event();
    if (event instanceof Started started) {
      calls.put(started.call(), new SessionCall(timed.at(), started, api));
    } else if (event instanceof OfCall ofCall) {
      var call = calls.get(ofCall.call());
      if (call != null) {
        call.add(timed);
      }
    } else if (event instanceof Moved) {
      moves.add(timed);
    } else if (event instanceof Warned warned) {
      warnings.add(warned.text());
    }
  }

  private static void checkHasEnded(SessionCall call) {
    if (call.ended().isEmpty() && call.cancelledAt().isEmpty()) {
      throw new SessionException("Call " + call.number() + " of the recording, " + call.shortName()
          + ", never ended: its event \"end\" is missing. Record it again.");
    }
  }

  public Path folder() {
    return folder;
  }

  public Api api() {
    return api;
  }

  public Header header() {
    return header;
  }

  /** Returns all calls in the order in which they began. */
  public List<SessionCall> calls() {
    return List.copyOf(calls.values());
  }

  /** Returns the uploads and downloads. */
  public List<TimedEvent> moves() {
    return List.copyOf(moves);
  }

  /** Returns what the recorder wanted its reader to know. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Returns how long the session took. */
  public Duration end() {
    return end;
  }

  /** Opens a file; empty if the recording does not have its content. */
  public Optional<InputStream> file(String sha256) throws IOException {
    return SessionReader.file(folder, sha256);
  }

  /** Opens all events, from the first. The caller closes the reader. */
  public SessionReader events() {
    return SessionReader.open(folder, api);
  }

  /** Takes replies of a stream one after another. */
  @FunctionalInterface
  public interface ReplyTaker {
    void take(Duration at, Message reply);
  }

  /** Gives all replies of a call, read from the file. */
  public void replies(SessionCall call, ReplyTaker taker) {
    try (var reader = events()) {
      for (var event = reader.next(); event != null; event = reader.next()) {
        if (event.event() instanceof Replied reply && reply.call() == call.number()) {
          var message = reply.content().message();
          if (message != null) {
            taker.take(event.at(), message);
          }
        }
      }
    }
  }
}
