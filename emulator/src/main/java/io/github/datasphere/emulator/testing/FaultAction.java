package io.github.datasphere.emulator.testing;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/** What a fault does to a call. */
public sealed interface FaultAction {
  /** Nothing yet: the order is not complete. */
  record None() implements FaultAction {
    @Override
    public String toString() {
      return "Nothing (say what happens, as by failWith or delayBy)";
    }
  }

  /** Ends the call with this status, before or after its effect. */
  record Fail(Status status, Metadata trailers, boolean afterEffect) implements FaultAction {
    static Fail of(StatusRuntimeException failure, boolean afterEffect) {
      var trailers = failure.getTrailers();
      return new Fail(
          failure.getStatus(), trailers == null ? new Metadata() : trailers, afterEffect);
    }

    /** For one call: whoever sends them may change them. */
    Metadata newTrailers() {
      var copy = new Metadata();
      copy.merge(trailers);
      return copy;
    }

    /** As short as the other actions: trailers are not for humans. */
    @Override
    public String toString() {
      return "Fail[status=" + status + ", afterEffect=" + afterEffect + "]";
    }
  }

  /** Holds the call up. */
  record Delay(Duration latency) implements FaultAction {}

  /** Ends a log stream before the record of this offset. */
  record Break(long offset, Status status) implements FaultAction {}

  /** Answers an upload or download in its place. */
  record Respond(int status, String text) implements FaultAction {}

  /** Ends an upload or download after so many bytes. */
  record Cut(long bytes) implements FaultAction {}
}
