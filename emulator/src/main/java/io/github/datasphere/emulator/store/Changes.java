package io.github.datasphere.emulator.store;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.operation.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one decision changes. The claims of a written job become {@link Job#claims()}; those of a
 * removed job end.
 *
 * @param write the job as it is from now on; null if none is written
 * @param remove the job that is removed; null if there is none
 * @param operations new or changed operations, each written whole
 * @param projects new or changed projects, each written whole
 */
public record Changes(
    @Nullable Job write,
    @Nullable JobId remove,
    List<Operation> operations,
    List<Project> projects) {
  public static final Changes NOTHING = new Changes(null, null, List.of(), List.of());

  public Changes {
    operations = List.copyOf(operations);
    projects = List.copyOf(projects);
  }

  public static Changes of(Project project, Operation operation) {
    return new Changes(null, null, List.of(operation), List.of(project));
  }

  public static Changes of(Operation operation) {
    return new Changes(null, null, List.of(operation), List.of());
  }

  /**
   * Whether files may be deleted once this is committed. Then it has to outlive a power cut first:
   * else the job would be back, and its files would be gone.
   */
  public boolean takesAway() {
    return remove != null || (write != null && write.data().cleared());
  }
}
