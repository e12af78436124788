package io.github.datasphere.emulator.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Event.Advanced;
import io.github.datasphere.emulator.session.Event.Answering;
import io.github.datasphere.emulator.session.Event.Cancelled;
import io.github.datasphere.emulator.session.Event.Content;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.Exited;
import io.github.datasphere.emulator.session.Event.Faulted;
import io.github.datasphere.emulator.session.Event.HalfClosed;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.Event.OfCall;
import io.github.datasphere.emulator.session.Event.Ran;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.Event.Requested;
import io.github.datasphere.emulator.session.Event.Skipped;
import io.github.datasphere.emulator.session.Event.Started;
import io.github.datasphere.emulator.session.Event.Warned;
import io.github.datasphere.emulator.session.Event.WentAway;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Events as JSON, in the order of a session: which call a line belongs to is in lines before. */
public final class EventJson {
  private final Api api;
  private final MessageJson messages;
  private final MessageParser parser;
  private final Map<Long, String> methods = new HashMap<>();
  private Duration before = Duration.ZERO;

  public EventJson(Api api) {
    this.api = api;
    this.messages = new MessageJson(api);
    this.parser = new MessageParser(api);
  }

  /** Returns the next event as JSON. */
  public Map<String, Object> toJson(TimedEvent timed) {
    var event = timed.event();
    var line = begin(timed.at(), nameOf(event));
    if (event instanceof OfCall ofCall) {
      line.put("call", SessionJson.Literal.of(ofCall.call()));
      line.put("event", line.remove("event"));
    }
    if (event instanceof Started started) {
      line.put("method", started.method());
      line.put("host", started.host());
      putMetadata(line, started.metadata());
    } else if (event instanceof Requested request) {
      putContent(line, request.content());
    } else if (event instanceof Replied reply) {
      putContent(line, reply.content());
    } else if (event instanceof Answering answering) {
      putMetadata(line, answering.metadata());
    } else if (event instanceof Ended ended) {
      line.put("code", ended.code());
      if (!ended.text().isEmpty()) {
        line.put("text", ended.text());
      }
      line.put("by", ended.by());
      putMetadata(line, ended.metadata());
    } else if (event instanceof Moved moved) {
      line.put("url", moved.url());
      line.put("sha256", moved.sha256());
      line.put("bytes", SessionJson.Literal.of(moved.bytes()));
      line.put("status", SessionJson.Literal.of(moved.status()));
      line.put("took", Seconds.of(moved.took()));
    } else {
      putRest(line, event);
    }
    return line;
  }

  private static void putRest(Map<String, Object> line, Event event) {
    if (event instanceof Faulted fault) {
      line.put("text", fault.text());
      if (!fault.steps().isEmpty()) {
        line.put("steps", fault.steps().stream().map(FaultJson::of).toList());
      }
    } else if (event instanceof Skipped skipped) {
      line.put("replies", SessionJson.Literal.of(skipped.replies()));
    } else if (event instanceof WentAway away) {
      line.put("host", away.host());
      line.put("code", away.code());
      if (!away.text().isEmpty()) {
        line.put("text", away.text());
      }
    } else if (event instanceof Advanced advanced) {
      line.put("advanced", Seconds.of(advanced.time()));
    } else if (event instanceof Ran ran) {
      line.put("command", List.copyOf(ran.command()));
    } else if (event instanceof Exited exited) {
      line.put("exit", SessionJson.Literal.of(exited.code()));
    } else if (event instanceof Warned warned) {
      line.put("text", warned.text());
    }
  }

  /** Returns the last line, which shows that the recording is whole. */
  public Map<String, Object> over(Duration at, long events) {
    var line = begin(at, "over");
    line.put("events", SessionJson.Literal.of(events));
    return line;
  }

  private Map<String, Object> begin(Duration at, String event) {
    var rounded = Seconds.rounded(at);
    var line = new LinkedHashMap<String, Object>();
    line.put("at", Seconds.of(rounded));
    line.put("after", Seconds.of(rounded.minus(before)));
    line.put("event", event);
    before = rounded;
    return line;
  }

  private static String nameOf(Event event) {
    if (event instanceof Moved moved) {
      return moved.isUpload() ? "put" : "get";
    }
    if (event instanceof Ran || event instanceof Exited) {
      return "process";
    }
    return Name.of(event);
  }

  /** Names of events that are one class each. */
  private enum Name {
    START(Started.class, "start"),
    REQUEST(Requested.class, "request"),
    HALF_CLOSE(HalfClosed.class, "half-close"),
    CANCEL(Cancelled.class, "cancel"),
    HEADERS(Answering.class, "headers"),
    REPLY(Replied.class, "reply"),
    END(Ended.class, "end"),
    FAULT(Faulted.class, "fault"),
    SKIPPED(Skipped.class, "skipped"),
    GO_AWAY(WentAway.class, "go-away"),
    CLOCK(Advanced.class, "clock"),
    WARNING(Warned.class, "warning");

    private final Class<? extends Event> type;
    private final String text;

    Name(Class<? extends Event> type, String text) {
      this.type = type;
      this.text = text;
    }

    static String of(Event event) {
      for (var name : values()) {
        if (name.type.isInstance(event)) {
          return name.text;
        }
      }
      throw new IllegalStateException("an event without a name: " + event);
    }
  }

  private void putContent(Map<String, Object> line, Content content) {
    var message = content.message();
    if (message == null) {
      line.put("bytes", Base64.getEncoder().encodeToString(content.bytes().toByteArray()));
    } else {
      line.put("message", messages.toJson(message));
    }
  }

  private static void putMetadata(
      Map<String, Object> line, SortedMap<String, List<String>> metadata) {
    if (!metadata.isEmpty()) {
      line.put("metadata", new LinkedHashMap<>(metadata));
    }
  }

  /**
   * Reads the next event.
   *
   * @throws SessionException if it is none
   */
  TimedEvent parse(Line line) {
    return new TimedEvent(line.seconds("at"), event(line));
  }

  private Event event(Line line) {
    var name = line.text("event");
    return switch (name) {
      case "start" -> started(line);
      case "request" -> new Requested(call(line), content(line, true));
      case "half-close" -> new HalfClosed(call(line));
      case "cancel" -> new Cancelled(call(line));
      case "headers" -> new Answering(call(line), line.metadata());
      case "reply" -> new Replied(call(line), content(line, false));
      case "end" ->
        new Ended(
            call(line), line.text("code"), line.text("text", ""), line.text("by"), line.metadata());
      case "fault" ->
        new Faulted(
            call(line),
            line.text("text"),
            line.items("steps").stream().map(FaultJson::parse).toList());
      case "skipped" -> new Skipped(call(line), line.number("replies"));
      case "put", "get" ->
        new Moved(
            name.equals("put"),
            line.text("url"),
            line.text("sha256"),
            line.number("bytes"),
            (int) line.number("status"),
            line.seconds("took"));
      case "go-away" -> new WentAway(line.text("host"), line.text("code"), line.text("text", ""));
      case "clock" -> new Advanced(line.seconds("advanced"));
      case "process" ->
        line.has("exit") ? new Exited((int) line.number("exit")) : new Ran(line.texts("command"));
      case "warning" -> new Warned(line.text("text"));
      default ->
        throw new SessionException("there is no event \"" + name + "\" in " + Header.FORMAT);
    };
  }

  private Started started(Line line) {
    long call = line.number("call");
    var method = line.text("method");
    if (methods.put(call, method) != null) {
      throw new SessionException("call " + call + " starts twice");
    }
    return new Started(call, method, line.text("host", ""), line.metadata());
  }

  private long call(Line line) {
    long call = line.number("call");
    if (!methods.containsKey(call)) {
      throw new SessionException("call " + call + " has not started before this line");
    }
    return call;
  }

  private Content content(Line line, boolean isRequest) {
    if (line.has("bytes")) {
      return Content.of(ByteString.copyFrom(Base64.getDecoder().decode(line.text("bytes"))));
    }
    var method = String.valueOf(methods.get(line.number("call")));
    var call = api.call(method)
        .orElseThrow(() -> new SessionException("the call " + method + " is not known here"));
    Message empty = isRequest ? call.request() : call.reply();
    return Content.of(parser.parse(line.object("message"), empty.newBuilderForType()));
  }
}
