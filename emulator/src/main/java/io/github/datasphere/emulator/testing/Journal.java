package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.Event.Warned;
import io.github.datasphere.emulator.session.redact.SecretFields;
import io.github.datasphere.emulator.testing.recording.JournalEvents;
import io.github.datasphere.emulator.testing.recording.JournalFiles;
import io.github.datasphere.emulator.testing.recording.JournalGaps;
import io.github.datasphere.emulator.testing.recording.JournalSession;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every request with its answer, in the order in which they came; safe for several threads.
 * Passwords, tokens and signed URLs, which the protos mark, read {@code ***}. For {@link #saveTo} a
 * test double keeps in memory what came, too; a server that is started for others does not. The
 * oldest calls are dropped once all calls together take much memory, for example in a server that
 * runs for weeks.
 */
public final class Journal {
  private static final Metadata.Key<String> USER_AGENT =
      Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER);

  /** Header in which a client under test names the line of the test that made the call. */
  public static final Metadata.Key<String> ORIGIN =
      Metadata.Key.of("datasphere-test-origin", Metadata.ASCII_STRING_MARSHALLER);

  /** Limit for what the kept calls take in memory. */
  private static final long MOST_BYTES = 64L << 20;

  /** A call without its messages, and how much larger messages are in memory than on the wire. */
  private static final int BYTES_AROUND = 1_000;

  private static final int TIMES_LARGER = 4;
  private final Clock clock;
  private final long mostBytes;
  private final SecretFields secrets = new SecretFields();
  private final NavigableMap<Long, RecordedCall> exchanges = new TreeMap<>();
  /** The calls in the order of their latest change. */
  private final NavigableMap<Long, Long> revisions = new TreeMap<>();

  private final Map<Long, Long> revisionOf = new HashMap<>();
  private long revision;
  private final JournalEvents events;
  private final JournalFiles files;
  private long begun;
  private long bytes;

  public Journal(Clock clock) {
    this(clock, MOST_BYTES);
  }

  Journal(Clock clock, long mostBytes) {
    this(clock, mostBytes, new JournalEvents(clock), JournalFiles.NONE);
  }

  private Journal(Clock clock, long mostBytes, JournalEvents events, JournalFiles files) {
    this.clock = clock;
    this.mostBytes = mostBytes;
    this.events = events;
    this.files = files;
  }

  /**
   * Returns a journal with the same calls on another clock, of a world with these files. Open calls
   * are over in it, since their world is gone.
   */
  synchronized Journal continuedOn(Clock newClock, JournalFiles newFiles) {
    var copy = new Journal(newClock, mostBytes, events.copy(newClock), newFiles);
    exchanges.forEach((number, exchange) -> {
      var isOpen = exchange.status() == null;
      copy.exchanges.put(number, isOpen ? exchange.ended(SWAPPED, clock.instant()) : exchange);
      if (isOpen) {
        copy.events.ended(number, SWAPPED, new Metadata());
      }
    });
    copy.revisions.putAll(revisions);
    copy.revisionOf.putAll(revisionOf);
    copy.revision = revision;
    copy.begun = begun;
    copy.bytes = bytes;
    return copy;
  }

  public synchronized List<RecordedCall> exchanges() {
    return List.copyOf(exchanges.values());
  }

  /** Returns calls with a greater number, at most as many as asked for. */
  public synchronized List<RecordedCall> after(long number, int count) {
    return exchanges.tailMap(number + 1).values().stream().limit(count).toList();
  }

  /** Returns how often calls have begun or changed. */
  public synchronized long revision() {
    return revision;
  }

  /**
   * Returns calls that have begun or changed after this revision, in the order of their latest
   * change, at most as many as asked for.
   */
  public synchronized List<Change> changedAfter(long since, int count) {
    return revisions.tailMap(since + 1).entrySet().stream()
        .limit(count)
        .map(entry ->
            new Change(entry.getKey(), Objects.requireNonNull(exchanges.get(entry.getValue()))))
        .toList();
  }

  /** A call with the revision in which it changed last. */
  public record Change(long revision, RecordedCall call) {}

  /** Returns the call of this number; empty if there was none, or if it was dropped. */
  public synchronized Optional<RecordedCall> call(long number) {
    return Optional.ofNullable(exchanges.get(number));
  }

  /**
   * Returns the calls of one method, such as {@code Create}.
   *
   * @throws IllegalArgumentException if there is no such method
   */
  public List<RecordedCall> exchanges(String method) {
    var name = checkedName(method);
    return exchanges().stream()
        .filter(exchange -> exchange.method().equals(name))
        .toList();
  }

  /**
   * Returns this name.
   *
   * @throws IllegalArgumentException if there is no such method
   */
  public static String checkedName(String method) {
    return CallNames.checked(method);
  }

  /**
   * Returns the calls of one method with such a request.
   *
   * @param type our class of the request or the official SDK's, or {@link Message} for any
   * @throws IllegalArgumentException if no method of this name takes such a request
   */
  public <Q extends Message> List<RecordedCall> exchanges(
      String method, Class<Q> type, Predicate<Q> condition) {
    CallNames.check(method, type);
    return exchanges(method).stream()
        .filter(exchange -> exchange.request(type).filter(condition).isPresent())
        .toList();
  }

  /** Returns the calls that still go on. */
  public List<RecordedCall> open() {
    return exchanges().stream().filter(exchange -> exchange.status() == null).toList();
  }

  /**
   * Writes all calls that are kept, with the files that they name, as a recording, without secrets
   * and with other ids ({@link JournalSession#saveTo}). It can be replayed and checked, and its
   * jobs can be run again by script. What fits {@code hidden} is taken for secret, too. Returns a
   * sentence for each thing that the recording lacks.
   */
  public List<String> saveTo(Path folder, Pattern... hidden) {
    return saveTo(folder, call -> true, hidden);
  }

  /** Writes those calls that fit, as {@link #saveTo(Path, Pattern...)} writes all. */
  public List<String> saveTo(Path folder, Predicate<RecordedCall> calls, Pattern... hidden) {
    return session(calls).saveTo(folder, hidden);
  }

  private synchronized JournalSession session(Predicate<RecordedCall> condition) {
    var gaps = new JournalGaps(events);
    exchanges.values().stream()
        .filter(condition)
        .forEach(call -> gaps.add(call.number(), call.status() == null));
    return gaps.session(exchanges.isEmpty() ? 0 : exchanges.firstKey() - 1, files);
  }

  /**
   * Notes that a file was moved whole.
   *
   * @param place was taken when it began: the client may go on before it is noted
   * @param path the end of its URL, from the path on
   */
  public void moved(long place, boolean isUpload, String path, String sha256, long size) {
    events.move(place, new Moved(isUpload, path, sha256, size, 200, Duration.ZERO));
  }

  /** Takes a place in the order for a file that begins to move. */
  public long place() {
    return events.place();
  }

  /** Notes that the emulator's clock is moved. */
  public void moves(Instant from, Duration by) {
    events.clockMoves(from, by);
  }

  List<JournalEvents.Seen> besideCalls() {
    return events.besideCalls();
  }

  /** Notes what the reader of a recording should know. */
  public void warned(String text) {
    events.move(new Warned(text));
  }

  /** Answers a call that is recorded. */
  @FunctionalInterface
  interface Recorded<Q, R> {
    /**
     * Begins.
     *
     * @param faults takes what went wrong with the call by order
     */
    ServerCall.Listener<Q> start(
        ServerCall<Q, R> call, Metadata headers, Consumer<FaultActions> faults);
  }

  <Q, R> ServerCall.Listener<Q> record(
      ServerCall<Q, R> call, Metadata headers, boolean whole, Recorded<Q, R> next) {
    long number = begin(call.getMethodDescriptor(), headers, whole);
    boolean streams = !call.getMethodDescriptor().getType().serverSendsOneMessage();
    var recorded = new SimpleForwardingServerCall<Q, R>(call) {
      @Override
      public void sendHeaders(Metadata metadata) {
        events.answering(number, metadata);
        super.sendHeaders(metadata);
      }

      @Override
      public void sendMessage(R message) {
        var now = clock.instant();
        weigh(events.replied(number, message));
        change(number, exchange -> withReply(exchange, message, streams, now));
        super.sendMessage(message);
      }

      @Override
      public void close(Status status, Metadata trailers) {
        var now = clock.instant();
        change(number, exchange -> exchange.ended(status, now));
        events.ended(number, status, trailers);
        super.close(status, trailers);
      }
    };
    Consumer<FaultActions> faults = fault -> {
      events.faulted(number, fault.toString(), fault.steps());
      change(number, exchange -> exchange.with(exchange.course().faulted(fault.toString())));
    };
    return noting(number, next.start(recorded, headers, faults));
  }

  private <Q> ServerCall.Listener<Q> noting(long number, ServerCall.Listener<Q> listener) {
    return new SimpleForwardingServerCallListener<Q>(listener) {
      @Override
      public void onMessage(Q message) {
        events.requested(number, message);
        change(number, exchange -> withRequest(exchange, message));
        super.onMessage(message);
      }

      @Override
      public void onHalfClose() {
        events.halfClosed(number);
        super.onHalfClose();
      }

      @Override
      public void onCancel() {
        events.cancelled(number);
        var now = clock.instant();
        change(
            number, exchange -> exchange.status() == null ? exchange.ended(GONE, now) : exchange);
        super.onCancel();
      }
    };
  }

  private static final Status SWAPPED =
      Status.CANCELLED.withDescription("the emulator was reset or restored");

  private static final Status GONE = Status.CANCELLED.withDescription("the client ended the call");

  private synchronized long begin(MethodDescriptor<?, ?> method, Metadata headers, boolean whole) {
    var service = String.valueOf(method.getServiceName());
    var client = headers.get(USER_AGENT);
    var origin = headers.get(ORIGIN);
    var exchange = new RecordedCall(
        ++begun,
        clock.instant(),
        service.substring(service.lastIndexOf('.') + 1),
        String.valueOf(method.getBareMethodName()),
        null,
        null,
        0,
        null,
        client == null ? "" : client,
        origin == null ? "" : origin,
        CallCourse.NOTHING);
    exchanges.put(begun, exchange);
    if (whole) {
      events.started(begun, method.getFullMethodName(), headers);
    }
    revised(begun);
    bytes += size(exchange);
    drop();
    return begun;
  }

  private synchronized void change(long number, UnaryOperator<RecordedCall> change) {
    var before = exchanges.get(number);
    if (before != null) {
      var after = change.apply(before);
      exchanges.put(number, after);
      revised(number);
      bytes += size(after) - size(before);
      drop();
    }
  }

  private synchronized void weigh(long more) {
    bytes += more;
  }

  private void revised(long number) {
    var before = revisionOf.put(number, ++revision);
    if (before != null) {
      revisions.remove(before);
    }
    revisions.put(revision, number);
  }

  /** Drops the oldest calls; the last one is kept, however large. */
  private void drop() {
    while (bytes > mostBytes && exchanges.size() > 1) {
      var oldest = Objects.requireNonNull(exchanges.pollFirstEntry());
      bytes -= size(oldest.getValue()) + events.drop(oldest.getKey());
      revisions.remove(Objects.requireNonNull(revisionOf.remove(oldest.getKey())));
    }
  }

  private static long size(RecordedCall exchange) {
    long messages =
        size(exchange.request()) + size(exchange.reply()) + exchange.course().bytes();
    return BYTES_AROUND + TIMES_LARGER * messages;
  }

  private static long size(@Nullable Message message) {
    return message == null ? 0 : message.getSerializedSize();
  }

  private RecordedCall withRequest(RecordedCall exchange, Object message) {
    return message instanceof Message request
        ? exchange.withRequest(secrets.masked(request))
        : exchange;
  }

  private RecordedCall withReply(
      RecordedCall exchange, Object message, boolean streams, Instant now) {
    if (!(message instanceof Message reply)) {
      return exchange;
    }
    var shown = secrets.masked(reply);
    var course = exchange.course();
    return exchange.withReply(
        shown,
        streams ? course.sent(new CallCourse.Sent(exchange.replies() + 1, now, shown)) : course);
  }
}
