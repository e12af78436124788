package io.github.datasphere.emulator.saved;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.github.datasphere.emulator.grpc.mapping.TimeMapping;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.Content;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.Faulted;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.Event.OfCall;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.Event.Requested;
import io.github.datasphere.emulator.session.Event.Skipped;
import io.github.datasphere.emulator.session.Event.Started;
import io.github.datasphere.emulator.session.EventLines;
import io.github.datasphere.emulator.session.Header;
import io.github.datasphere.emulator.session.SessionReader;
import io.github.datasphere.emulator.session.TimedEvent;
import io.github.datasphere.emulator.session.redact.SecretFields;
import io.github.datasphere.emulator.testing.recording.JournalEvents.Seen;
import io.github.datasphere.proto.emulator.Exchange;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The calls that a journal shows, as the events of a session, and back. Unlike a recording, they
 * have the real ids, and their secrets read {@code ***}.
 */
final class CallEvents {
  private static final String CLIENT = "user-agent";

  private final Api api = new Api();
  private final Map<String, String> methods = new LinkedHashMap<>();

  CallEvents() {
    api.calls().forEach(call -> methods.put(call.shortName(), call.name()));
  }

  /** Writes calls and what happened from the first of them on, in the order of their times. */
  void write(List<Exchange> calls, List<Seen> besideThem, Writer out) throws IOException {
    var all = new ArrayList<Seen>();
    calls.forEach(call -> add(call, all));
    var begin = Stream.of(all, besideThem)
        .filter(seen -> !seen.isEmpty())
        .findFirst()
        .flatMap(seen -> seen.stream().map(Seen::at).min(Comparator.naturalOrder()))
        .orElse(Instant.EPOCH);
    besideThem.stream().filter(seen -> !seen.at().isBefore(begin)).forEach(all::add);
    all.sort(Comparator.comparing(Seen::at));
    var clients = calls.stream()
        .map(Exchange::getClient)
        .filter(client -> !client.isEmpty())
        .distinct()
        .sorted()
        .toList();
    var lines = new EventLines(out, Header.ofEmulator(begin).of(clients), api);
    for (var one : all) {
      lines.write(
          new TimedEvent(Duration.between(begin, one.at()), masked(one.event().get())));
    }
    lines.finish();
  }

  /** The URL of a file is leave to read it. */
  private static Event masked(Event event) {
    return event instanceof Moved moved
        ? new Moved(
            moved.isUpload(),
            SecretFields.MASK,
            moved.sha256(),
            moved.bytes(),
            moved.status(),
            moved.took())
        : event;
  }

  private void add(Exchange call, List<Seen> all) {
    var name = call.getService() + "." + call.getMethod();
    var method = methods.getOrDefault(name, call.getService() + "/" + call.getMethod());
    var known = api.call(method);
    long number = call.getNumber();
    var metadata = new TreeMap<String, List<String>>();
    if (!call.getClient().isEmpty()) {
      metadata.put(CLIENT, List.of(call.getClient()));
    }
    var begun = time(call.getAt());
    var ended = call.hasEndedAt() ? time(call.getEndedAt()) : begun;
    var seen = new InOrder(begun, all);
    seen.add(begun, new Started(number, method, "", metadata));
    if (call.hasRequest()) {
      seen.add(
          begun, new Requested(number, content(known.map(Api.Call::request), call.getRequest())));
    }
    call.getFaultsList().forEach(fault -> seen.add(begun, new Faulted(number, fault, List.of())));
    long had = 0;
    for (var message : call.getMessagesList()) {
      var at = time(message.getAt());
      if (message.getNumber() > had + 1) {
        seen.add(at, new Skipped(number, message.getNumber() - had - 1));
      }
      seen.add(at, new Replied(number, content(known.map(Api.Call::reply), message.getContent())));
      had = message.getNumber();
    }
    if (had == 0 && call.hasReply()) {
      seen.add(ended, new Replied(number, content(known.map(Api.Call::reply), call.getReply())));
    }
    if (call.hasStatus()) {
      var status = call.getStatus();
      var code = String.valueOf(Code.forNumber(status.getCode()));
      seen.add(ended, new Ended(number, code, status.getMessage(), "service", new TreeMap<>()));
    }
  }

  private static Content content(Optional<Message> type, Any message) {
    try {
      return type.isEmpty()
          ? Content.of(message.getValue())
          : Content.of(type.get().getParserForType().parseFrom(message.getValue()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the journal keeps a message of another call", e);
    }
  }

  private static Instant time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  /** A clock that is set back lets no event stand before its call's earlier ones. */
  private static final class InOrder {
    private final List<Seen> all;
    private Instant last;

    InOrder(Instant begin, List<Seen> all) {
      this.all = all;
      this.last = begin;
    }

    void add(Instant at, Event event) {
      last = at.isAfter(last) ? at : last;
      all.add(new Seen(all.size(), last, () -> event));
    }
  }

  Api api() {
    return api;
  }

  /**
   * Reads the calls of a session.
   *
   * @throws io.github.datasphere.emulator.session.SessionException if it cannot be read
   */
  List<Exchange> read(SessionReader reader) {
    var calls = new LinkedHashMap<Long, Exchange.Builder>();
    var begin = reader.header().recordedAt();
    for (var timed = reader.next(); timed != null; timed = reader.next()) {
      if (timed.event() instanceof OfCall ofCall) {
        var call = calls.computeIfAbsent(ofCall.call(), number -> Exchange.newBuilder());
        read(ofCall, begin.plus(timed.at()), call);
      }
    }
    return calls.values().stream().map(Exchange.Builder::build).toList();
  }

  private void read(OfCall event, Instant at, Exchange.Builder call) {
    if (event instanceof Started started) {
      var method = started.method();
      int slash = method.indexOf('/');
      call.setNumber(started.call())
          .setAt(TimeMapping.toProto(at))
          .setService(method.substring(method.lastIndexOf('.', slash) + 1, slash))
          .setMethod(method.substring(slash + 1))
          .setClient(started.client());
    } else if (event instanceof Requested request && request.content().message() != null) {
      call.setRequest(Any.pack(request.content().message()));
    } else if (event instanceof Faulted fault) {
      call.addFaults(fault.text());
    } else if (event instanceof Skipped skipped) {
      call.setReplies(call.getReplies() + skipped.replies());
    } else if (event instanceof Replied reply && reply.content().message() != null) {
      replied(Any.pack(reply.content().message()), at, call);
    } else if (event instanceof Ended ended) {
      call.setEndedAt(TimeMapping.toProto(at))
          .setStatus(Status.newBuilder()
              .setCode(Code.valueOf(ended.code()).getNumber())
              .setMessage(ended.text()));
    }
  }

  private void replied(Any reply, Instant at, Exchange.Builder call) {
    call.setReply(reply).setReplies(call.getReplies() + 1);
    var method = methods.get(call.getService() + "." + call.getMethod());
    if (method != null && api.call(method).orElseThrow().isStream()) {
      call.addMessagesBuilder()
          .setNumber(call.getReplies())
          .setAt(TimeMapping.toProto(at))
          .setContent(reply);
    }
  }
}
