package io.github.datasphere.emulator.replay;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionCall;
import io.github.datasphere.emulator.session.match.Bindings;
import io.github.datasphere.emulator.session.match.Difference;
import io.github.datasphere.emulator.session.match.MessageComparison;
import io.github.datasphere.emulator.session.match.Volatile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The calls of a recording, and which of them the client has made by now. Ids that the client
 * brings, such as its project, may be others than those of the recording. Safe for several threads.
 */
final class Exchanges {
  private final MessageComparison comparison;
  private final Map<Long, SessionCall> unused = new LinkedHashMap<>();
  private final List<SessionCall> all;
  private final Set<String> ofClient;
  private final Bindings ids = new Bindings();

  /** @param ofClient ids that the client brought, see {@link ClientIds} */
  Exchanges(Recording recording, Set<String> ofClient) {
    var begin = recording.header().recordedAt();
    this.comparison = new MessageComparison(
        recording.api(), Volatile.declared(), new MessageComparison.Starts(begin, begin));
    this.all = recording.calls();
    all.forEach(call -> unused.put(call.number(), call));
    this.ofClient = ofClient;
  }

  /** What a request led to: a call of the recording, or an explanation. */
  record Found(Optional<SessionCall> call, List<SessionCall> alike, String miss) {}

  /**
   * Finds the call with such a request: the first one that the client has not made yet. One that
   * only reads may be made again.
   *
   * @param method its full name
   */
  synchronized Found find(String method, Message request) {
    var alike = new ArrayList<SessionCall>();
    Optional<Nearest> nearest = Optional.empty();
    for (var call : all) {
      var recorded = call.request();
      if (!call.started().method().equals(method) || recorded.isEmpty()) {
        continue;
      }
      var attempt = ids.copy();
      var differences = differences(recorded.get(), request, attempt);
      if (differences.isEmpty()) {
        if (alike.isEmpty()) {
          ids.adopt(attempt);
        }
        alike.add(call);
      } else {
        var other = new Nearest(call, differences);
        nearest = nearest.isEmpty() || other.count() < nearest.get().count()
            ? Optional.of(other)
            : nearest;
      }
    }
    return alike.isEmpty() ? miss(method, nearest) : use(alike);
  }

  private Found use(List<SessionCall> alike) {
    var next = alike.stream().filter(call -> unused.containsKey(call.number())).findFirst();
    if (next.isPresent()) {
      unused.remove(next.get().number());
      return new Found(next, alike, "");
    }
    var last = alike.get(alike.size() - 1);
    return last.call().orElseThrow().isRead()
        ? new Found(Optional.of(last), alike, "")
        : new Found(
            Optional.empty(),
            alike,
            last.shortName() + " was made " + alike.size()
                + " times with this request when it was recorded, and is made once more now");
  }

  private Found miss(String method, Optional<Nearest> nearest) {
    var name = method.substring(method.lastIndexOf('.') + 1).replace('/', '.');
    var why = nearest
        .map(one -> "the nearest is call " + one.call().number() + ", which differs in "
            + one.differences().get(0))
        .orElse("it was never made when it was recorded");
    return new Found(
        Optional.empty(), List.of(), "the recording has no such call " + name + ": " + why);
  }

  private List<Difference> differences(Message recorded, Message request, Bindings attempt) {
    var found = new ArrayList<Difference>();
    comparison.compare(
        "request",
        recorded,
        request,
        attempt,
        (then, now) -> (then.equals(now) && !attempt.isBound(then))
            || (ofClient.contains(then) && attempt.bind(then, now)),
        found::add);
    return found;
  }

  private record Nearest(SessionCall call, List<Difference> differences) {
    int count() {
      return differences.size();
    }
  }

  /** Returns a text of the recording with the ids that the client brought. */
  synchronized String toLive(String text) {
    return ids.toLive(text);
  }

  /** Returns the earliest call that changes something, and that the client has not made yet. */
  synchronized Optional<Duration> nextChange() {
    return unused.values().stream()
        .filter(call -> call.call().map(known -> !known.isRead()).orElse(false))
        .map(SessionCall::at)
        .min(Comparator.naturalOrder());
  }

  /** Returns the calls that the client has not made. */
  synchronized List<SessionCall> unused() {
    return List.copyOf(unused.values());
  }
}
