package io.github.datasphere.emulator.runner.plan;

import io.github.datasphere.emulator.runner.plan.python.PythonPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a runner has to do for a job.
 *
 * @param directories empty directories that are made before the command starts
 * @param script the text that bash runs
 * @param variables the job's own environment variables, secrets included
 * @param python null for the plain environment (service-behaviour 4.17)
 */
public record JobPlan(
    List<Placement> placements,
    List<Mount> mounts,
    List<GeneratedFile> texts,
    List<String> directories,
    String script,
    Map<String, String> variables,
    @Nullable PythonPlan python,
    List<OutputPlan> outputs,
    List<DatasetPlan> datasets) {

  /**
   * Returns the variables of the machine, overridden by those of the job, with the job's Python
   * first in the path.
   */
  public Map<String, String> environment(Map<String, String> machine) {
    var all = new LinkedHashMap<>(machine);
    all.putAll(variables);
    if (python != null) {
      all.put("VIRTUAL_ENV", python.venv());
      all.merge("PATH", python.binaries(), (path, binaries) -> binaries + ":" + path);
    }
    return all;
  }
}
