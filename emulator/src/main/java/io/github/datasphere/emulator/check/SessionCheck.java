package io.github.datasphere.emulator.check;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.CallMetadata;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.Cancelled;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.HalfClosed;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.Event.Requested;
import io.github.datasphere.emulator.session.Event.Started;
import io.github.datasphere.emulator.session.MessageTexts;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionCall;
import io.github.datasphere.emulator.session.match.Bindings;
import io.github.datasphere.emulator.session.match.Difference;
import io.github.datasphere.emulator.session.match.MessageComparison;
import io.github.datasphere.emulator.session.match.Volatile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Repeats one recording against a target and compares. Used once, by one thread. */
public final class SessionCheck {
  private final Recording recording;
  private final CheckTarget target;
  private final Instant begin;
  private final Volatile rules = Volatile.declared();
  private final MessageTexts texts;
  private final Bindings ids = new Bindings();
  private final CallComparison comparison;
  private final FileMoves files;
  private final Map<Long, SessionCall> recorded = new LinkedHashMap<>();
  private final Map<Long, LiveCall> live = new LinkedHashMap<>();
  private final List<Difference> differences = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final GivenFields given;
  private int compared;

  private SessionCheck(Recording recording, CheckTarget target) {
    this.recording = recording;
    this.target = target;
    this.begin = recording.header().recordedAt();
    this.texts = new MessageTexts(recording.api());
    this.comparison = new CallComparison(
        recording,
        new MessageComparison(recording.api(), rules, new MessageComparison.Starts(begin, begin)),
        rules,
        ids);
    this.files = new FileMoves(recording, ids);
    this.given = new GivenFields(recording.api());
    recording.calls().forEach(call -> recorded.put(call.number(), call));
    notes.addAll(recording.warnings());
    recording.header().unknown().forEach(notes::add);
  }

  /**
   * Compares a recording with a target whose time begins when the recording's did.
   *
   * @throws io.github.datasphere.emulator.session.SessionException if the recording cannot be used
   */
  public static CheckReport of(Recording recording, CheckTarget target) {
    return new SessionCheck(recording, target).run();
  }

  private CheckReport run() {
    var accepted = Accepted.of(recording.folder());
    var contract = Contract.of(recording.folder());
    target.prepare(RecordedRuns.of(recording));
    try (var reader = recording.events()) {
      for (var event = reader.next(); event != null; event = reader.next()) {
        target.advanceTo(begin.plus(event.at()));
        repeat(event.event());
      }
    }
    target.advanceTo(begin.plus(recording.end()).plus(rules.bounds()));
    live.forEach((number, call) -> compareStream(recorded.get(number), call));
    live.values().forEach(LiveCall::cancel);
    differences.addAll(contract.brokenBy(given.all()));
    var open =
        differences.stream().filter(difference -> !accepted.accepts(difference)).toList();
    var excused =
        differences.stream().filter(difference -> !open.contains(difference)).toList();
    return new CheckReport(compared, open, excused, accepted.idle(), notes);
  }

  private void repeat(Event event) {
    if (event instanceof Started started) {
      start(started);
    } else if (event instanceof Requested request) {
      var message = request.content().message();
      var call = live.get(request.call());
      if (message != null && call != null) {
        call.send(toLive(message));
      }
    } else if (event instanceof HalfClosed half && live.containsKey(half.call())) {
      Objects.requireNonNull(live.get(half.call())).halfClose();
    } else if (event instanceof Cancelled cancel && live.containsKey(cancel.call())) {
      Objects.requireNonNull(live.get(cancel.call())).cancel();
    } else if (event instanceof Ended ended) {
      end(ended.call());
    } else if (event instanceof Moved moved) {
      files.repeat(moved, differences, notes);
    }
  }

  private void start(Started started) {
    var call = recorded.get(started.call());
    if (call == null || call.call().isEmpty()) {
      notes.add("not reissuable: " + started.method() + " is not in our protos");
      return;
    }
    var metadata = new TreeMap<>(started.metadata());
    metadata
        .keySet()
        .removeIf(
            name -> rules.isMetadata(Volatile.Kind.IGNORED, name) && !name.equals("authorization"));
    metadata.remove("user-agent");
    metadata.remove("te");
    live.put(
        started.call(),
        new LiveCall(target.channel(), call.call().get(), CallMetadata.toGrpc(metadata)));
  }

  private void end(long number) {
    var call = live.get(number);
    var then = recorded.get(number);
    if (call != null && then != null && !then.isStream()) {
      live.remove(number);
      compared++;
      see(then, call);
      comparison.compare(then, call, differences);
    }
  }

  private void compareStream(@Nullable SessionCall then, LiveCall call) {
    if (then != null) {
      compared++;
      see(then, call);
      comparison.compareStream(then, call, differences);
    }
  }

  private void see(SessionCall then, LiveCall now) {
    then.call().ifPresent(call -> now.replies().forEach(reply -> given.add(call, reply)));
  }

  private Message toLive(Message message) {
    return texts.visit(message, (field, value, parent) -> ids.toLive(value));
  }
}
