package io.github.datasphere.emulator.record;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The calls that go on; safe for several threads. */
final class OpenCalls {
  private final Set<Long> numbers = new LinkedHashSet<>();

  synchronized void begin(long call) {
    numbers.add(call);
  }

  synchronized void end(long call) {
    numbers.remove(call);
  }

  synchronized List<Long> all() {
    return List.copyOf(numbers);
  }
}
