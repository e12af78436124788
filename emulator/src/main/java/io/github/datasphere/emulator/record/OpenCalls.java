package io.github.datasphere.emulator.record;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The calls that go on, and those that the service did not end; safe for several threads. */
final class OpenCalls {
  private final Set<Long> numbers = new LinkedHashSet<>();
  private final List<String> broken = new ArrayList<>();

  synchronized void begin(long call) {
    numbers.add(call);
  }

  synchronized void end(long call) {
    numbers.remove(call);
  }

  /** Ends a call that the service has not ended itself. */
  synchronized void breakOff(long call, String method, Status status) {
    numbers.remove(call);
    broken.add("Call " + call + " " + method.substring(method.lastIndexOf('.') + 1)
        + " was not ended by the service, but by its connection or its client: "
        + status.getCode()
        + (status.getDescription() == null ? "" : ", " + status.getDescription()) + ".");
  }

  synchronized List<Long> all() {
    return List.copyOf(numbers);
  }

  /** Returns a sentence for each call that the service has not ended itself. */
  synchronized List<String> broken() {
    return List.copyOf(broken);
  }
}
