package io.github.datasphere.emulator.testing;

import static java.util.stream.Collectors.joining;

import io.github.datasphere.emulator.engine.commands.JobObserver;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.Decision;
import io.github.datasphere.emulator.job.lifecycle.Decision.Decided;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.JobCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened to each job: commands, moves and effects, faults, and what was logged, on the
 * emulator's clock.
 */
public final class Timeline implements JobObserver {
  private final Map<JobId, List<Event>> events = new LinkedHashMap<>();

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

  @Override
  public void decided(Job before, JobCommand command, Decision decision, Instant now) {
    add(before.id(), now, command.getClass().getSimpleName() + outcome(before, decision));
  }

  /** Adds what happened to a job beside its commands: a fault, a line of its log. */
  public void note(JobId job, Instant at, String text) {
    add(job, at, text);
  }

  /** Returns the events of a job in their order; empty if there are none. */
  public synchronized List<Event> of(JobId job) {
    return List.copyOf(events.getOrDefault(job, List.of()));
  }

  /** Returns every job that has an event. */
  public synchronized List<JobId> jobs() {
    return List.copyOf(events.keySet());
  }

  /** Returns a text with one line for each event. */
  public String render(JobId job) {
    return of(job).stream()
        .map(Event::toString)
        .collect(joining("\n  ", "timeline of job " + job + ":\n  ", "\n"));
  }

  private synchronized void add(JobId job, Instant at, String text) {
    events.computeIfAbsent(job, id -> new ArrayList<>()).add(new Event(at, text));
  }

  private static String outcome(Job before, Decision decision) {
    if (decision instanceof Rejected rejected) {
      return " refused: " + rejected.message();
    }
    if (!(decision instanceof Decided decided)) {
      return " changed nothing";
    }
    var move = decided.removed()
        ? " removed the job"
        : before.status() == decided.next().status() ? "" : move(before, decided.next());
    var effects = decided.effects().stream()
        .map(effect -> effect.getClass().getSimpleName())
        .collect(joining(", "));
    return effects.isEmpty() ? move : move + " (then " + effects + ")";
  }

  private static String move(Job before, Job next) {
    var why = next.statusDetails();
    return ": " + before.status() + " -> " + next.status() + (why.isEmpty() ? "" : ", " + why);
  }
}
