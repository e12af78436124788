package io.github.datasphere.emulator.testing.recording;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.CallMetadata;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.Advanced;
import io.github.datasphere.emulator.session.Event.Answering;
import io.github.datasphere.emulator.session.Event.Cancelled;
import io.github.datasphere.emulator.session.Event.Content;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.FaultStep;
import io.github.datasphere.emulator.session.Event.Faulted;
import io.github.datasphere.emulator.session.Event.HalfClosed;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.Event.Requested;
import io.github.datasphere.emulator.session.Event.Started;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What passed, as the events of a session, with all of its secrets: it stays in memory, and leaves
 * redacted or not at all. The journal tells which calls are dropped. Safe for several threads.
 */
public final class JournalEvents {
  /** A longer stream is cut, since it would drop all other calls. */
  private static final long MOST_OF_A_STREAM = 8L << 20;

  /** A server that moves files for weeks keeps the last of them. */
  private static final int MOST_MOVES = 10_000;

  private final NavigableMap<Long, OfCall> calls = new TreeMap<>();
  private final Deque<Seen> moves = new ArrayDeque<>();
  private final Clock clock;
  private long order;

  /**
   * One event.
   *
   * @param order counts all of them
   * @param event is made when it is asked for
   */
  public record Seen(long order, Instant at, Supplier<Event> event) {}

  private static final class OfCall {
    private final List<Seen> events = new ArrayList<>();
    private long bytes;
    private long missing;
  }

  /** @param clock tells when each event happens */
  public JournalEvents(Clock clock) {
    this.clock = clock;
  }

  /** Returns the same events; further ones are on this clock. */
  public synchronized JournalEvents copy(Clock newClock) {
    var copy = new JournalEvents(newClock);
    calls.forEach((number, call) -> {
      var same = new OfCall();
      same.events.addAll(call.events);
      same.bytes = call.bytes;
      same.missing = call.missing;
      copy.calls.put(number, same);
    });
    copy.moves.addAll(moves);
    copy.order = order;
    return copy;
  }

  public synchronized void started(long call, String method, Metadata headers) {
    calls.put(call, new OfCall());
    add(call, headers, kept -> new Started(call, method, "", CallMetadata.of(kept)));
  }

  public synchronized void requested(long call, Object message) {
    if (message instanceof Message request) {
      add(call, () -> new Requested(call, Content.of(request)));
    }
  }

  public synchronized void halfClosed(long call) {
    add(call, () -> new HalfClosed(call));
  }

  public synchronized void cancelled(long call) {
    add(call, () -> new Cancelled(call));
  }

  public synchronized void answering(long call, Metadata headers) {
    add(call, headers, kept -> new Answering(call, CallMetadata.of(kept)));
  }

  /** Adds a reply unless its call has had too many; returns what it takes on the wire. */
  public synchronized long replied(long number, Object message) {
    var call = calls.get(number);
    if (call == null || !(message instanceof Message reply)) {
      return 0;
    }
    long size = reply.getSerializedSize();
    if (call.missing > 0 || call.bytes + size > MOST_OF_A_STREAM) {
      call.missing++;
      return 0;
    }
    call.bytes += size;
    add(number, () -> new Replied(number, Content.of(reply)));
    return size;
  }

  public synchronized void ended(long call, Status status, Metadata trailers) {
    var text = status.getDescription();
    add(
        call,
        trailers,
        kept -> new Ended(
            call,
            status.getCode().name(),
            text == null ? "" : text,
            "service",
            CallMetadata.of(kept)));
  }

  /** Adds what belongs to no call. */
  public synchronized void move(Event event) {
    move(place(), event);
  }

  public synchronized void faulted(long call, String text, List<FaultStep> steps) {
    add(call, () -> new Faulted(call, text, steps));
  }

  /** Adds a move of the clock; moves between which nothing happens are one. */
  public synchronized void clockMoves(Instant from, Duration by) {
    var last = moves.peekLast();
    if (last != null && last.order() == order && last.event().get() instanceof Advanced before) {
      moves.removeLast();
      moves.add(new Seen(order, last.at(), () -> new Advanced(before.time().plus(by))));
    } else {
      keep(new Seen(++order, from, () -> new Advanced(by)));
    }
  }

  /** Returns what belongs to no call, in order. */
  public synchronized List<Seen> besideCalls() {
    return List.copyOf(moves);
  }

  /** Takes a place in the order for what is told later. */
  public synchronized long place() {
    return ++order;
  }

  /** Adds what belongs to no call at the place that was taken for it. */
  public synchronized void move(long place, Event event) {
    keep(new Seen(place, clock.instant(), () -> event));
  }

  private void keep(Seen move) {
    moves.add(move);
    if (moves.size() > MOST_MOVES) {
      moves.remove();
    }
  }

  private void add(long number, Supplier<Event> event) {
    var call = calls.get(number);
    if (call != null) {
      call.events.add(new Seen(++order, clock.instant(), event));
    }
  }

  private void add(long number, Metadata metadata, Function<Metadata, Event> event) {
    if (calls.containsKey(number)) {
      var kept = copy(metadata);
      add(number, () -> event.apply(kept));
    }
  }

  /** Whether what this call carried is kept. */
  public synchronized boolean has(long number) {
    return calls.containsKey(number);
  }

  /** Returns metadata that later readers and writers of the call do not change. */
  private static Metadata copy(Metadata metadata) {
    var copy = new Metadata();
    copy.merge(metadata);
    return copy;
  }

  /** Forgets a call; returns what its replies took on the wire. */
  public synchronized long drop(long number) {
    var dropped = calls.remove(number);
    if (dropped == null) {
      return 0;
    }
    return dropped.bytes;
  }

  /** Returns the events of these calls and all files, in order. */
  public synchronized List<Seen> of(List<Long> numbers) {
    var all = new ArrayList<Seen>(moves);
    numbers.forEach(number -> {
      var call = calls.get(number);
      if (call != null) {
        all.addAll(call.events);
      }
    });
    all.sort(Comparator.comparingLong(Seen::order));
    return all;
  }

  /** Returns how many of a call's replies were not kept. */
  public synchronized long missing(long number) {
    var call = calls.get(number);
    return call == null ? 0 : call.missing;
  }
}
