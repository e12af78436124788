package io.github.datasphere.emulator.job.lifecycle;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.operation.OperationChange;
import java.util.ArrayList;
import java.util.List;

/**
 * A change to commit, and then to carry out.
 *
 * @param next the job after the change; if it is removed, its last state
 * @param removed whether the job is removed
 */
public record Decided(
    Job next, boolean removed, List<OperationChange> operations, List<Effect> effects)
    implements Decision {
  public Decided {
    operations = List.copyOf(operations);
    effects = List.copyOf(effects);
  }

  static Decided to(Job next) {
    return new Decided(next, false, List.of(), List.of());
  }

  static Decided remove(Job last) {
    return new Decided(last, true, List.of(), List.of());
  }

  Decided and(OperationChange change) {
    var all = new ArrayList<>(operations);
    all.add(change);
    return new Decided(next, removed, all, effects);
  }

  Decided and(Effect... more) {
    var all = new ArrayList<>(effects);
    all.addAll(List.of(more));
    return new Decided(next, removed, operations, all);
  }
}
