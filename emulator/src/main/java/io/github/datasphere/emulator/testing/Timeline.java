package io.github.datasphere.emulator.testing;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened to each job: commands, moves and effects, faults, and what was logged, on the
 * emulator's clock.
 */
public final class Timeline {
  private final Map<String, List<Event>> events = new LinkedHashMap<>();

  /** An event; {@code text} is for humans. */
  public record Event(Instant at, String text) {
    @Override
    public String toString() {
      return at + " " + text;
    }
  }

  /** Returns a copy of what happened until now; it goes on independently. */
  public synchronized Timeline copy() {
    var copy = new Timeline();
    events.forEach((job, past) -> copy.events.put(job, new ArrayList<>(past)));
    return copy;
  }

  /** Adds what happened to a job: a command, a fault, a line of its log. */
  public synchronized void note(String job, Instant at, String text) {
    events.computeIfAbsent(job, id -> new ArrayList<>()).add(new Event(at, text));
  }

  /** Returns the events of a job in their order; empty if there are none. */
  public synchronized List<Event> of(String job) {
    return List.copyOf(events.getOrDefault(job, List.of()));
  }

  /** Returns the id of every job that has an event. */
  public synchronized List<String> jobs() {
    return List.copyOf(events.keySet());
  }

  /** Returns a text with one line for each event. */
  public String render(String job) {
    return of(job).stream()
        .map(Event::toString)
        .collect(joining("\n  ", "timeline of job " + job + ":\n  ", "\n"));
  }
}
