package io.github.datasphere.emulator.session;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Event.Answering;
import io.github.datasphere.emulator.session.Event.Content;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of a recording; of a stream without the replies, which may be many. */
public final class SessionCall {
  private final Duration at;
  private final Started started;
  private final Optional<Api.Call> call;
  private final List<TimedContent> requests = new ArrayList<>();
  private final List<TimedContent> replies = new ArrayList<>();
  private long replyCount;
  private @Nullable Answering answering;
  private @Nullable Duration cancelledAt;
  private @Nullable Duration endedAt;
  private @Nullable Ended ended;

  /** A message with its time. */
  public record TimedContent(Duration at, Content content) {}

  SessionCall(Duration at, Started started, Api api) {
    this.at = at;
    this.started = started;
    this.call = api.call(started.method());
  }

  void add(TimedEvent timed) {
    var event = timed.event();
    if (event instanceof Event.Requested request) {
      requests.add(new TimedContent(timed.at(), request.content()));
    } else if (event instanceof Event.Replied reply) {
      replyCount++;
      if (!isStream()) {
        replies.add(new TimedContent(timed.at(), reply.content()));
      }
    } else if (event instanceof Answering headers) {
      answering = headers;
    } else if (event instanceof Event.Cancelled) {
      cancelledAt = timed.at();
    } else if (event instanceof Ended end) {
      ended = end;
      endedAt = timed.at();
    }
  }

  /** Whether the service may answer with several messages. */
  public boolean isStream() {
    return call.map(Api.Call::isStream).orElse(false);
  }

  public long number() {
    return started.call();
  }

  /** Returns when it began. */
  public Duration at() {
    return at;
  }

  public Started started() {
    return started;
  }

  /** Returns the call of the API; empty if our protos do not know it. */
  public Optional<Api.Call> call() {
    return call;
  }

  /** Returns the name for messages, such as {@code OperationService.Get}. */
  public String shortName() {
    return call.map(Api.Call::shortName).orElse(started.method());
  }

  public List<TimedContent> requests() {
    return List.copyOf(requests);
  }

  /** Returns the first request, if the call has one that our protos know. */
  public Optional<Message> request() {
    return requests.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(requests.get(0).content().message());
  }

  /** Returns the replies; none for a stream. */
  public List<TimedContent> replies() {
    return List.copyOf(replies);
  }

  /** Returns how many replies there were, also of a stream. */
  public long replyCount() {
    return replyCount;
  }

  public Optional<Answering> answering() {
    return Optional.ofNullable(answering);
  }

  /** Returns when the client gave it up, if it did. */
  public Optional<Duration> cancelledAt() {
    return Optional.ofNullable(cancelledAt);
  }

  /** Returns the end; absent only of a recording that was edited. */
  public Optional<Ended> ended() {
    return Optional.ofNullable(ended);
  }

  /** Returns when it ended; when it began if it never did. */
  public Duration endedAt() {
    return endedAt == null ? at : endedAt;
  }
}
