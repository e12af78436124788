package io.github.datasphere.emulator.job.lifecycle;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A table with a function for each pair of status and command; a missing pair is refused. */
final class Transitions {
  /** Decides one command in one set of states. */
  @FunctionalInterface
  interface Handler<C extends JobCommand> {
    Decision decide(Job job, C command, Instant now);
  }

  /** One line of the table. */
  record Line<C extends JobCommand>(Set<JobStatus> from, Class<C> command, Handler<C> handler) {}

  private final Map<JobStatus, Map<Class<?>, Line<?>>> lines = new EnumMap<>(JobStatus.class);

  private Transitions(List<Line<?>> all) {
    for (var line : all) {
      for (var status : line.from()) {
        if (lines.computeIfAbsent(status, any -> new HashMap<>()).put(line.command(), line)
            != null) {
          throw new IllegalStateException("two lines for " + status + " and " + line.command());
        }
      }
    }
  }

  static Transitions of(Line<?>... lines) {
    return new Transitions(List.of(lines));
  }

  static <C extends JobCommand> Line<C> on(JobStatus from, Class<C> command, Handler<C> handler) {
    return on(Set.of(from), command, handler);
  }

  static <C extends JobCommand> Line<C> on(
      Set<JobStatus> from, Class<C> command, Handler<C> handler) {
    return new Line<>(from, command, handler);
  }

  Decision decide(Job job, JobCommand command, Instant now) {
    var line = lines.getOrDefault(job.status(), Map.of()).get(command.getClass());
    return line == null ? illegal(job, command) : apply(line, job, command, now);
  }

  private static <C extends JobCommand> Decision apply(
      Line<C> line, Job job, JobCommand command, Instant now) {
    return line.handler().decide(job, line.command().cast(command), now);
  }

  private static Rejected illegal(Job job, JobCommand command) {
    return Rejected.precondition("Job "
        + job.id()
        + " is "
        + job.status()
        + ": "
        + command.getClass().getSimpleName()
        + " is not possible now. Created at "
        + job.submission().createdAt()
        + ", started at "
        + job.execution().startedAt()
        + ", finished at "
        + job.finishedAt()
        + ".");
  }
}
