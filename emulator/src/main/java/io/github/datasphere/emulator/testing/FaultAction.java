package io.github.datasphere.emulator.testing;

import io.github.datasphere.emulator.session.Event.FaultStep;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.math.BigDecimal;
import java.time.Duration;

/** One thing that a fault does to a call, to a log stream, or to an upload or download. */
public sealed interface FaultAction {
  /** Whether the call, or the successful part of it, is over with this action. */
  default boolean isEnding() {
    return true;
  }

  /** Returns what the action can happen to. */
  Target target();

  /** Returns the same for recordings. */
  FaultStep step();

  /** Returns a length of time for sentences. */
  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.getSeconds())
            .add(BigDecimal.valueOf(time.getNano(), 9))
            .stripTrailingZeros()
            .toPlainString()
        + " s";
  }

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
      return code() + (text().isEmpty() ? "" : ": " + text());
    }

    String code() {
      return status.getCode().name();
    }

    String text() {
      var text = status.getDescription();
      return text == null ? "" : text;
    }

    FaultStep step(String does, long offset) {
      return new FaultStep(does, Duration.ZERO, offset, code(), text());
    }
  }

  /** Ends the call with this status, before or after its effect. */
  record Fail(Failure failure, boolean afterEffect) implements FaultAction {
    @Override
    public Target target() {
      return Target.CALL;
    }

    @Override
    public FaultStep step() {
      return failure.step(afterEffect ? "lose-answer" : "fail", 0);
    }

    @Override
    public String toString() {
      return (afterEffect ? "a lost answer, instead of it " : "a failure with ") + failure;
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

    @Override
    public FaultStep step() {
      return new FaultStep("delay", latency, 0, "", "");
    }

    @Override
    public String toString() {
      return "a delay of " + seconds(latency);
    }
  }

  /** Ends a log stream before the record of this offset. */
  record Break(long offset, Failure failure) implements FaultAction {
    @Override
    public Target target() {
      return Target.LOG_STREAM;
    }

    @Override
    public FaultStep step() {
      return failure.step("break", offset);
    }

    @Override
    public String toString() {
      return "a break before record " + offset + " with " + failure;
    }
  }

  /** Shows the operation of the answer as still open for this long. */
  record StayOpen(Duration time) implements FaultAction {
    @Override
    public Target target() {
      return Target.OPERATION;
    }

    @Override
    public FaultStep step() {
      return new FaultStep("stay-open", time, 0, "", "");
    }

    @Override
    public String toString() {
      return "an operation that stays open for " + seconds(time);
    }
  }

  /** Answers an upload or download in place of the emulator. */
  record Respond(int status, String text) implements FaultAction {
    @Override
    public Target target() {
      return Target.FILE;
    }

    @Override
    public FaultStep step() {
      return new FaultStep("respond", Duration.ZERO, 0, String.valueOf(status), text);
    }

    @Override
    public String toString() {
      return "an answer with " + status;
    }
  }

  /** Ends an upload or download after this many bytes. */
  record Cut(long bytes) implements FaultAction {
    @Override
    public Target target() {
      return Target.FILE;
    }

    @Override
    public FaultStep step() {
      return new FaultStep("cut", Duration.ZERO, bytes, "", "");
    }

    @Override
    public String toString() {
      return "a cut after " + bytes + " bytes";
    }
  }
}
