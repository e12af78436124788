package io.github.datasphere.emulator.check;

import io.github.datasphere.emulator.session.match.Difference;
import java.util.List;

/**
 * What a check has found.
 *
 * @param compared how many calls were compared
 * @param differences what is not as it was recorded, and is not accepted
 * @param accepted what is not as it was recorded, and is accepted
 * @param idle lines of accepted differences that excuse nothing
 * @param notes what could not be repeated, and what the recording lacks
 */
public record CheckReport(
    int compared,
    List<Difference> differences,
    List<Difference> accepted,
    List<String> idle,
    List<String> notes) {
  public CheckReport {
    differences = List.copyOf(differences);
    accepted = List.copyOf(accepted);
    idle = List.copyOf(idle);
    notes = List.copyOf(notes);
  }

  /** Whether something was compared, nothing differs, and no acceptance is superfluous. */
  public boolean isGood() {
    return compared > 0 && differences.isEmpty() && idle.isEmpty();
  }
}
