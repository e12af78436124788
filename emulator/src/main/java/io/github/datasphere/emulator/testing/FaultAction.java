package io.github.datasphere.emulator.testing;

import io.grpc.Status;
import java.time.Duration;

/** What a fault does to a call. */
public sealed interface FaultAction {
  /** Nothing yet: the order is not complete. */
  record None() implements FaultAction {}

  /** Ends the call with this status, before or after its effect. */
  record Fail(Status status, boolean afterEffect) implements FaultAction {}

  /** Holds the call up. */
  record Delay(Duration latency) implements FaultAction {}

  /** Ends a log stream before the record of this offset. */
  record Break(long offset, Status status) implements FaultAction {}

  /** Answers an upload or download in its place. */
  record Respond(int status, String text) implements FaultAction {}

  /** Ends an upload or download after so many bytes. */
  record Cut(long bytes) implements FaultAction {}
}
