package io.github.datasphere.emulator.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** One thing that happened in a session. */
public sealed interface Event {
  /** Something about a call, which has a number of its own in the session. */
  sealed interface OfCall extends Event {
    long call();
  }

  /** Something that the client did in a call. */
  sealed interface ByClient extends OfCall {}

  /** Something that the service did in a call. */
  sealed interface ByService extends OfCall {}

  /**
   * A message of a call.
   *
   * @param message null if our protos do not know the call
   * @param bytes the message as it came, if our protos do not know the call; else empty
   */
  record Content(@Nullable Message message, ByteString bytes) {
    public static Content of(Message message) {
      return new Content(message, ByteString.EMPTY);
    }

    public static Content of(ByteString bytes) {
      return new Content(null, bytes);
    }
  }

  /**
   * A call begins.
   *
   * @param method full name, such as {@code yandex.cloud.operation.OperationService/Get}
   * @param host the name under which the client called the service
   * @param metadata names in lower case; of names that end with {@code -bin} base64
   */
  record Started(long call, String method, String host, SortedMap<String, List<String>> metadata)
      implements ByClient {
    /** Returns the program that calls, as it names itself; empty if it does not. */
    public String client() {
      return String.join(" ", metadata.getOrDefault("user-agent", List.of()));
    }
  }

  record Requested(long call, Content content) implements ByClient {}

  record HalfClosed(long call) implements ByClient {}

  /** The client has given the call up. */
  record Cancelled(long call) implements ByClient {}

  /** The service's initial metadata; absent if an error came alone. */
  record Answering(long call, SortedMap<String, List<String>> metadata) implements ByService {}

  record Replied(long call, Content content) implements ByService {}

  /**
   * The end of a call.
   *
   * @param code such as {@code NOT_FOUND}
   * @param by {@code service} if the service said so; {@code reset} if it reset the stream,
   *     {@code go-away} if it ended the connection, {@code connection} if that broke
   * @param metadata the trailers
   */
  record Ended(
      long call, String code, String text, String by, SortedMap<String, List<String>> metadata)
      implements ByService {}

  /**
   * An ordered fault has happened to a call.
   *
   * @param text in words
   * @param steps what it did, in order; empty if nothing but the words is known
   */
  record Faulted(long call, String text, List<FaultStep> steps) implements OfCall {
    public Faulted {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One thing that a fault did.
   *
   * @param does {@code delay}, {@code fail}, {@code lose-answer}, {@code break} or
   *     {@code stay-open}
   * @param time how long it delayed the call, or kept its operation open; else zero
   * @param offset the record before which it broke the log; else 0
   * @param code with which the call ended, such as {@code ABORTED}; empty if it went on
   * @param text of that status; may be empty
   */
  record FaultStep(String does, Duration time, long offset, String code, String text) {}

  /** So many replies came here that were not kept. */
  record Skipped(long call, long replies) implements OfCall {}

  /**
   * A file was uploaded or downloaded.
   *
   * @param isUpload whether the client sent it
   * @param sha256 of the content, in lower-case hexadecimal
   * @param status of HTTP; 0 if there was no answer
   */
  record Moved(boolean isUpload, String url, String sha256, long bytes, int status, Duration took)
      implements Event {}

  /**
   * The service has ended a connection (GOAWAY of HTTP/2): calls begin on another one from now on.
   *
   * @param code of HTTP/2, such as {@code NO_ERROR}
   * @param text what the service said with it; may be empty
   */
  record WentAway(String host, String code, String text) implements Event {}

  /** The emulator's clock is moved by this much from here on; {@code at} goes on with it. */
  record Advanced(Duration time) implements Event {}

  /** The client program begins. */
  record Ran(List<String> command) implements Event {}

  /** The client program has ended. */
  record Exited(int code) implements Event {}

  /** Something that the reader of a recording should know. */
  record Warned(String text) implements Event {}
}
