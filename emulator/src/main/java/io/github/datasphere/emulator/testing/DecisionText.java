package io.github.datasphere.emulator.testing;

import static java.util.stream.Collectors.joining;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.lifecycle.Decision;
import io.github.datasphere.emulator.job.lifecycle.Decision.Decided;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.JobCommand;

/** Tells for people what a command did to a job. */
public final class DecisionText {
  private DecisionText() {}

  /** Returns the command with the move and the effects that followed. */
  public static String of(Job before, JobCommand command, Decision decision) {
    return command.getClass().getSimpleName() + outcome(before, decision);
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
