package io.github.datasphere.emulator.runner.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a runner has to do for a job.
 *
 * @param directories to be made empty before the command starts
 * @param script what bash runs
 * @param variables the job's own environment variables, secrets included
 * @param python null for the plain environment (service-behaviour 4.17)
 */
public record JobPlan(
    List<Placement> placements,
    List<Mount> mounts,
    List<TextFile> texts,
    List<String> directories,
    String script,
    Map<String, String> variables,
    @Nullable PythonPlan python,
    List<OutputPlan> outputs,
    List<DatasetPlan> datasets) {

  /** The job's variables over those of its machine, with its Python first in the path. */
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
