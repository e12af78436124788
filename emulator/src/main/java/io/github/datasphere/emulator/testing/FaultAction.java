package io.github.datasphere.emulator.testing;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/** One thing that a fault does to a call, to a log stream, or to an upload or download. */
public sealed interface FaultAction {
  /** Whether the call, or the successful part of it, is over with this action. */
  default boolean isEnding() {
    return true;
  }

  /** Returns what the action can happen to. */
  Target target();

  /** What a fault can happen to. */
  enum Target {
    ANYTHING("anything"),
    CALL("a call"),
    LOG_STREAM("a log stream"),
    OPERATION("a call whose answer is an operation"),
    FILE("an upload or download");

    private final String words;

    Target(String words) {
      this.words = words;
    }

    /** Returns the name with an article, for sentences. */
    @Override
    public String toString() {
      return words;
    }
  }

  /** The status and the trailers with which a call fails. */
  record Failure(Status status, Metadata trailers) {
    static Failure of(StatusRuntimeException failure) {
      var trailers = new Metadata();
      if (failure.getTrailers() != null) {
        trailers.merge(failure.getTrailers());
      }
      return new Failure(failure.getStatus(), trailers);
    }

    /** Makes trailers for one call, since their sender may change them. */
    Metadata newTrailers() {
      var copy = new Metadata();
      copy.merge(trailers);
      return copy;
    }

    /** Leaves the trailers out, which are not for humans. */
    @Override
    public String toString() {
      return status.toString();
    }
  }

  /** Ends the call with this status, before or after its effect. */
  record Fail(Failure failure, boolean afterEffect) implements FaultAction {
    @Override
    public Target target() {
      return Target.CALL;
    }
  }

  /** Delays the call. */
  record Delay(Duration latency) implements FaultAction {
    @Override
    public Target target() {
      return Target.ANYTHING;
    }

    @Override
    public boolean isEnding() {
      return false;
    }
  }

  /** Ends a log stream before the record of this offset. */
  record Break(long offset, Failure failure) implements FaultAction {
    @Override
    public Target target() {
      return Target.LOG_STREAM;
    }
  }

  /** Shows the operation of the answer as still open for this long. */
  record StayOpen(Duration time) implements FaultAction {
    @Override
    public Target target() {
      return Target.OPERATION;
    }
  }

  /** Answers an upload or download in place of the emulator. */
  record Respond(int status, String text) implements FaultAction {
    @Override
    public Target target() {
      return Target.FILE;
    }
  }

  /** Ends an upload or download after this many bytes. */
  record Cut(long bytes) implements FaultAction {
    @Override
    public Target target() {
      return Target.FILE;
    }
  }
}
