package io.github.datasphere.emulator.testing;

import static java.util.stream.Collectors.joining;

import io.github.datasphere.emulator.session.Event.FaultStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The actions of a fault in their order: delays, which add up, and at most one action that ends the
 * call.
 */
public record FaultActions(List<FaultAction> inOrder) {
  /** No action yet: the order is not complete. */
  static final FaultActions NONE = new FaultActions(List.of());

  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

  /**
   * Returns these actions and one more.
   *
   * @throws IllegalArgumentException if that action cannot follow
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

  /** Returns how long the call is delayed before anything else happens; zero if it is not. */
  public Duration delay() {
    return inOrder.stream()
        .filter(FaultAction.Delay.class::isInstance)
        .map(action -> ((FaultAction.Delay) action).latency())
        .reduce(Duration.ZERO, FaultActions::plus);
  }

  /**
   * Returns the action that ends the call; empty if the call goes on as it would without a fault.
   */
  public Optional<FaultAction> ending() {
    return inOrder.stream().filter(FaultAction::isEnding).findFirst();
  }

  private static Duration plus(Duration one, Duration other) {
    return one.compareTo(LONGEST.minus(other)) > 0 ? LONGEST : one.plus(other);
  }

  /** Returns the same for recordings. */
  List<FaultStep> steps() {
    return inOrder.stream().map(FaultAction::step).toList();
  }

  /** Returns a text for humans. */
  @Override
  public String toString() {
    return isEmpty()
        ? "Nothing (say what happens, as by failWith or delayBy)"
        : inOrder.stream().map(FaultAction::toString).collect(joining(", then "));
  }
}
