package io.github.datasphere.emulator.runner.process.python;

import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.python.PythonPlan;
import io.github.datasphere.emulator.runner.run.PythonTools;
import java.nio.file.Path;
import java.util.Map;

/** Makes Python environments with a Python of this machine. */
public final class HostPythonTools {
  private HostPythonTools() {}

  public static PythonTools of(
      PythonPlan plan, Map<String, String> machine, Path cache, SystemLog log)
      throws PreparationException {
    var python = new HostPythons(machine)
        .find(plan.version())
        .orElseThrow(() -> new PreparationException("The job needs Python " + plan.version()
            + ", and no python3 was found in the PATH: install one."));
    if (plan.version().isEmpty() || plan.version().equals(python.version())) {
      log.info("Python " + python.version() + " is " + python.executable());
    } else {
      log.info("Python " + plan.version() + " is not on this machine; the nearest is taken: "
          + python.version() + ", " + python.executable());
    }
    return new PythonTools(
        "exec " + PythonTools.quote(python.executable()) + " -m venv "
            + PythonTools.quote(plan.venv()) + "\n",
        ". On Debian and Ubuntu, install python" + python.version() + "-venv.",
        cache.toString(),
        machine);
  }
}
