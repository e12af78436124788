package io.github.datasphere.emulator.testing;

import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.time.Moments;
import io.github.datasphere.proto.operation.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Operations that a fault shows as open although they may be done, and until when. */
final class HeldOperations {
  private final Map<OperationId, Instant> until = new ConcurrentHashMap<>();

  /** Returns a copy, which goes on independently. */
  HeldOperations copy() {
    var copy = new HeldOperations();
    copy.until.putAll(until);
    return copy;
  }

  /** Shows an operation as open for this long. If there are two orders, the longer one counts. */
  void hold(OperationId id, Instant now, Duration time) {
    until.merge(id, Moments.after(now, time), (one, other) -> one.isAfter(other) ? one : other);
  }

  boolean isHeld(OperationId id, Instant now) {
    return now.isBefore(until.getOrDefault(id, Instant.MIN));
  }

  /** Returns the operation as clients see it at this moment. */
  Operation shown(Operation operation, Instant now) {
    return isHeld(new OperationId(operation.getId()), now)
        ? operation.toBuilder()
            .setDone(false)
            .clearResult()
            .setModifiedAt(operation.getCreatedAt())
            .build()
        : operation;
  }
}
