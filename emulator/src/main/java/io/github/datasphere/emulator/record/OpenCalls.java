package io.github.datasphere.emulator.record;

import io.github.datasphere.emulator.session.Event.WentAway;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The calls that go on, and those that the service did not end; safe for several threads. */
final class OpenCalls {
  private final Set<Long> numbers = new LinkedHashSet<>();
  private final List<String> broken = new ArrayList<>();
  private final List<String> retried = new ArrayList<>();
  private final Map<String, Long> ended = new TreeMap<>();

  synchronized void begin(long call) {
    numbers.add(call);
  }

  synchronized void end(long call) {
    numbers.remove(call);
  }

  /** Ends a call that the service has not ended itself. */
  synchronized void breakOff(long call, String method, Status status) {
    numbers.remove(call);
    broken.add("Call " + call + " " + shortName(method)
        + " was not ended by the service, but by its connection or its client: "
        + status.getCode()
        + (status.getDescription() == null ? "" : ", " + status.getDescription()) + ".");
  }

  /**
   * Notes that a client tries a call again.
   *
   * @param before how often it says that it has tried
   */
  synchronized void retried(long call, String method, String before) {
    retried.add("Call " + call + " " + shortName(method) + " is made again by its client, which has"
        + " tried " + before + " times before: attempts that never came this far are not in the"
        + " recording.");
  }

  /** Notes that the service has ended a connection. */
  synchronized void wentAway(WentAway event) {
    var words = event.code() + (event.text().isEmpty() ? "" : ", " + event.text());
    ended.merge(words, 1L, Long::sum);
  }

  /** Returns a sentence for each call that its client made again. */
  synchronized List<String> retried() {
    return List.copyOf(retried);
  }

  /** Returns a sentence for each reason for which the service has ended connections. */
  synchronized List<String> connections() {
    return ended.entrySet().stream()
        .map(one -> "Connections that the service ended (GOAWAY): " + one.getValue() + " with "
            + one.getKey() + ".")
        .toList();
  }

  private static String shortName(String method) {
    return method.substring(method.lastIndexOf('.') + 1).replace('/', '.');
  }

  synchronized List<Long> all() {
    return List.copyOf(numbers);
  }

  /** Returns a sentence for each call that the service has not ended itself. */
  synchronized List<String> broken() {
    return List.copyOf(broken);
  }
}
