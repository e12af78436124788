package io.github.datasphere.emulator.check;

import io.github.datasphere.emulator.session.match.Difference;
import java.util.List;

/**
 * What came of reissuing a recording at the service.
 *
 * @param compared how many calls were compared
 * @param changed what the service answers now, and did not when it was recorded
 * @param notReissuable what could not be asked again, with the reason
 * @param notReachable what could not be sent, or was not answered
 * @param deleted jobs that were made, deleted, and are proved to be gone
 * @param left jobs that were made and may still be there, with the reason
 */
public record ServiceReport(
    int compared,
    List<Difference> changed,
    List<String> notReissuable,
    List<String> notReachable,
    List<String> deleted,
    List<String> left) {
  public ServiceReport {
    changed = List.copyOf(changed);
    notReissuable = List.copyOf(notReissuable);
    notReachable = List.copyOf(notReachable);
    deleted = List.copyOf(deleted);
    left = List.copyOf(left);
  }

  /** Whether something was compared, nothing has changed, and nothing is left at the service. */
  public boolean isGood() {
    return compared > 0 && changed.isEmpty() && notReachable.isEmpty() && left.isEmpty();
  }
}
