package io.github.datasphere.emulator.runner.plan;

import io.github.datasphere.emulator.job.spec.JobParameters;
import java.util.HashMap;
import java.util.Map;

/** Finds the value of each {@code ${NAME}} in the command (service-behaviour 4.7). */
final class CommandValues {
  private final PlanNames names;
  private final SandboxPaths layout;

  CommandValues(PlanNames names, SandboxPaths layout) {
    this.names = names;
    this.layout = layout;
  }

  Map<String, String> of(JobParameters parameters) {
    var values = new HashMap<String, String>();
    names.variables().forEach((name, file) -> values.put(name, layout.resolve(file)));
    parameters.s3MountIds().forEach(id -> values.put(id, Mounts.s3Path(layout, id)));
    parameters.datasetIds().forEach(id -> values.put(id, Mounts.datasetPath(layout, id)));
    if (parameters.attachProjectDisk()) {
      values.put(JobVariables.PROJECT_HOME, Mounts.projectPath(layout));
    }
    parameters.arguments().forEach(argument -> values.put(argument.name(), argument.value()));
    return values;
  }
}
