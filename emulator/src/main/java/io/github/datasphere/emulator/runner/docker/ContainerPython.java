package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.runner.docker.container.ContainerPaths;
import io.github.datasphere.emulator.runner.docker.container.NetworkVariables;
import io.github.datasphere.emulator.runner.plan.python.PythonPlan;
import io.github.datasphere.emulator.runner.run.PythonTools;
import java.util.Map;

/** Makes Python environments with the Python of an image. */
final class ContainerPython {
  private static final String VENV = """
      for name in python%1$s python3 python; do
        python=$(command -v "$name") && break
      done
      if [ -z "$python" ]; then
        echo 'The image has no Python' >&2
        exit 127
      fi
      version=$("$python" -c 'import sys; print("%%d.%%d" %% sys.version_info[:2])') || exit
      if [ -z '%1$s' ] || [ "$version" = '%1$s' ]; then
        echo "Python $version is $python"
      else
        echo "Python %1$s is not in the image; what it has is taken: $version, $python"
      fi
      exec "$python" -m venv '%2$s'
      """;

  private ContainerPython() {}

  /**
   * Returns the tools that make the environment.
   *
   * @param machine variables of the emulator, some of which tell pip the way to the package index
   */
  static PythonTools tools(PythonPlan plan, Map<String, String> machine) {
    return new PythonTools(
        VENV.formatted(plan.version(), plan.venv()),
        "; take an image with Python and its module venv.",
        ContainerPaths.PIP_CACHE,
        NetworkVariables.ofPip(machine));
  }
}
