package io.github.datasphere.emulator.testing;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a fault does, in the order in which it was said: delays, which add up, and at most one thing
 * that ends the call.
 */
public record FaultActions(List<FaultAction> inOrder) {
  /** Nothing yet: the order is not complete. */
  static final FaultActions NONE = new FaultActions(List.of());

  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

  /**
   * With one action more.
   *
   * @throws IllegalArgumentException if nothing can follow what there is
   */
  FaultActions and(FaultAction next) {
    ending().ifPresent(end -> {
      throw new IllegalArgumentException("nothing can follow " + end + ", which ends the call: "
          + (next.isEnding()
              ? "order " + next + " as a fault of its own, for another call"
              : "say " + next + " before it"));
    });
    return new FaultActions(Stream.concat(inOrder.stream(), Stream.of(next)).toList());
  }

  boolean isEmpty() {
    return inOrder.isEmpty();
  }

  /** How long the call is held up before anything else happens, zero if it is not. */
  public Duration delay() {
    return inOrder.stream()
        .filter(FaultAction.Delay.class::isInstance)
        .map(action -> ((FaultAction.Delay) action).latency())
        .reduce(Duration.ZERO, FaultActions::plus);
  }

  /** What ends the call; empty if it goes on as it would without a fault. */
  public Optional<FaultAction> ending() {
    return inOrder.stream().filter(FaultAction::isEnding).findFirst();
  }

  private static Duration plus(Duration one, Duration other) {
    return one.compareTo(LONGEST.minus(other)) > 0 ? LONGEST : one.plus(other);
  }

  /** For humans. */
  @Override
  public String toString() {
    return isEmpty()
        ? "Nothing (say what happens, as by failWith or delayBy)"
        : inOrder.stream().map(FaultAction::toString).collect(joining(", then "));
  }
}
