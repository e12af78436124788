package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.PythonPlan;
import io.github.datasphere.emulator.runner.supervisor.LineSink;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the Python environment of a job, fresh for each one (service-behaviour 4.16). */
final class PythonSetup {
  /** Where the requirements are, in the container. */
  static final String REQUIREMENTS = RunContext.STATE + "/requirements.txt";

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

  private static final String PIP = "exec '%s/python' -m pip install --no-input"
      + " --disable-pip-version-check --no-color --progress-bar off --cache-dir "
      + RunContext.PIP_CACHE
      + "%s -r "
      + REQUIREMENTS
      + "\n";

  private final JobContainer container;
  private final Map<String, String> machine;
  private final SystemLog log;
  private final Cancellation cancellation;
  private final List<Token> tokens = new ArrayList<>();

  /**
   * Of one job.
   *
   * @param machine what pip is told of the way to the package index: it sees neither variables nor
   *     secrets of the job
   */
  PythonSetup(
      JobContainer container,
      Map<String, String> machine,
      SystemLog log,
      Cancellation cancellation) {
    this.container = container;
    this.machine = machine;
    this.log = log;
    this.cancellation = cancellation;
  }

  /**
   * Of all steps that were taken, in their order: their output comes before that of the command.
   */
  List<Token> tokens() {
    return List.copyOf(tokens);
  }

  void make(PythonPlan plan) throws IOException, PreparationException, CancelledException {
    log.info("Creating the Python environment " + plan.venv());
    step(
        "venv",
        VENV.formatted(plan.version(), plan.venv()),
        "The Python environment could not be made",
        "See system.log; take an image with Python and its module venv.");
    if (plan.installs()) {
      var count = plan.requirementLines().stream()
          .filter(line -> !line.startsWith("--"))
          .count();
      log.info("Installing " + count + " requirements");
      step(
          "pip",
          PIP.formatted(plan.binaries(), plan.noDeps() ? " --no-deps" : ""),
          "pip could not install the requirements",
          "See system.log; check the names, the versions and the way to the package index.");
    }
  }

  private void step(String name, String script, String failure, String advice)
      throws IOException, PreparationException, CancelledException {
    cancellation.check();
    container.send(Supervisor.write(name, script));
    var token = Token.random();
    tokens.add(token);
    try (var out = new LineSink(log::info);
        var err = new LineSink(log::error)) {
      container.begin(token, name, machine);
      var code = container.copy(token, out, err);
      out.close();
      err.close();
      cancellation.check();
      if (code.isEmpty() || code.getAsInt() != 0) {
        var why = err.last().isEmpty() ? "" : ": " + err.last();
        var how = code.isPresent() ? "exit code " + code.getAsInt() : "its container is gone";
        throw new PreparationException(failure + " (" + how + ")" + why + ". " + advice);
      }
    }
  }
}
