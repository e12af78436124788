package io.github.datasphere.emulator.check;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import io.github.datasphere.emulator.session.CallMetadata;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionCall;
import io.github.datasphere.emulator.session.match.Bindings;
import io.github.datasphere.emulator.session.match.Difference;
import io.github.datasphere.emulator.session.match.MessageComparison;
import io.github.datasphere.emulator.session.match.Volatile;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/** Compares one call with the same call of the recording. */
final class CallComparison {
  private static final String DETAILS = "grpc-status-details-bin";

  private final Recording recording;
  private final MessageComparison messages;
  private final Volatile rules;
  private final Bindings ids;

  CallComparison(Recording recording, MessageComparison messages, Volatile rules, Bindings ids) {
    this.recording = recording;
    this.messages = messages;
    this.rules = rules;
    this.ids = ids;
  }

  void compare(SessionCall then, LiveCall now, List<Difference> differences) {
    var own = differencesTo(then, then, now, ids);
    if (!own.isEmpty()
        && then.call().orElseThrow().isRead()
        && isAsShortlyBeforeOrAfter(then, now)) {
      return;
    }
    differences.addAll(own);
  }

  /** A state may have been reached a moment earlier or later than it was recorded. */
  private boolean isAsShortlyBeforeOrAfter(SessionCall then, LiveCall now) {
    return recording.calls().stream()
        .filter(other -> other.started().method().equals(then.started().method()))
        .filter(other -> other.request().equals(then.request()))
        .filter(other ->
            other.at().minus(then.at()).abs().compareTo(rules.bounds()) <= 0 && other != then)
        .anyMatch(other -> {
          var attempt = ids.copy();
          boolean isSame = differencesTo(then, other, now, attempt).isEmpty();
          if (isSame) {
            ids.adopt(attempt);
          }
          return isSame;
        });
  }

  private List<Difference> differencesTo(
      SessionCall named, SessionCall then, LiveCall now, Bindings bindings) {
    var found = new ArrayList<Difference>();
    var path = path(named);
    var replies = now.replies();
    if (replies.size() != then.replies().size()) {
      found.add(new Difference(
          path + " replies.size",
          String.valueOf(then.replies().size()),
          String.valueOf(replies.size())));
    }
    for (int i = 0; i < Math.min(replies.size(), then.replies().size()); i++) {
      var message = then.replies().get(i).content().message();
      if (message != null) {
        messages.compare(path + " reply", message, replies.get(i), bindings, found::add);
      }
    }
    compareEnds(path, then, now, found);
    return found;
  }

  /** Compares records of a log one by one, and all else message by message. */
  void compareStream(SessionCall then, LiveCall now, List<Difference> differences) {
    var path = path(then);
    var pages = new ArrayList<Message>();
    recording.replies(then, (at, reply) -> pages.add(reply));
    boolean arePages = LogRecords.arePages(then.call().orElseThrow().reply());
    var before = arePages ? LogRecords.of(pages) : pages;
    var after = arePages ? LogRecords.of(now.replies()) : now.replies();
    var name = arePages ? " logs" : " replies";
    boolean wasGivenUp = then.cancelledAt().isPresent();
    if (before.size() != after.size() && !wasGivenUp) {
      differences.add(new Difference(
          path + name + ".size", String.valueOf(before.size()), String.valueOf(after.size())));
    }
    for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
      messages.compare(
          path + name + "[" + i + "]", before.get(i), after.get(i), ids, differences::add);
    }
    if (!wasGivenUp) {
      compareEnds(path, then, now, differences);
    }
  }

  /**
   * Compares the texts of a log, source by source: records and messages of one that is printed
   * again have other borders.
   */
  void compareTexts(SessionCall then, LiveCall now, List<Difference> differences) {
    var pages = new ArrayList<Message>();
    recording.replies(then, (at, reply) -> pages.add(reply));
    var before = LogRecords.texts(pages);
    var after = LogRecords.texts(now.replies());
    var sources = new TreeSet<>(before.keySet());
    sources.addAll(after.keySet());
    for (var source : sources) {
      var text = before.getOrDefault(source, "");
      var printed = after.getOrDefault(source, "");
      if (!MessageComparison.isSame(ids.toLive(text), printed)) {
        differences.add(new Difference(path(then) + " log of " + source, text, printed));
      }
    }
    compareEnds(path(then), then, now, differences);
  }

  private void compareEnds(
      String path, SessionCall then, LiveCall now, List<Difference> differences) {
    var end = then.ended();
    if (end.isEmpty() || !end.get().by().equals("service")) {
      return;
    }
    var status = now.status();
    if (status.isEmpty()) {
      differences.add(new Difference(path + " end", end.get().code(), "(goes on)"));
      return;
    }
    var code = status.get().getCode().name();
    if (!code.equals(end.get().code())) {
      differences.add(new Difference(path + " code", end.get().code(), code));
    }
    var text = status.get().getDescription() == null ? "" : status.get().getDescription();
    if (!ids.toLive(end.get().text()).equals(text)) {
      differences.add(new Difference(
          path + " text", '"' + end.get().text() + '"', '"' + String.valueOf(text) + '"'));
    }
    compareMetadata(path, end.get(), CallMetadata.of(now.trailers()), differences);
  }

  private void compareMetadata(
      String path, Ended then, SortedMap<String, List<String>> now, List<Difference> differences) {
    var names = new TreeSet<>(then.metadata().keySet());
    names.addAll(now.keySet());
    for (var name : names) {
      if (rules.isMetadata(Volatile.Kind.IGNORED, name)) {
        continue;
      }
      var before = then.metadata().getOrDefault(name, List.of());
      var after = now.getOrDefault(name, List.of());
      boolean mayVary =
          rules.isMetadata(Volatile.Kind.ANY, name) && !before.isEmpty() && !after.isEmpty();
      if (name.equals(DETAILS) && mayVary) {
        compareDetails(path, before.get(0), after.get(0), differences);
      } else if (!before.equals(after) && !mayVary) {
        differences.add(new Difference(
            path + " trailers." + name, String.join(", ", before), String.join(", ", after)));
      }
    }
  }

  private void compareDetails(String path, String then, String now, List<Difference> differences) {
    try {
      messages.compare(
          path + " details",
          Status.parseFrom(Base64.getDecoder().decode(then)),
          Status.parseFrom(Base64.getDecoder().decode(now)),
          ids,
          differences::add);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      differences.add(new Difference(path + " details", then, now));
    }
  }

  private static String path(SessionCall call) {
    return "call " + call.number() + " " + call.shortName();
  }
}
