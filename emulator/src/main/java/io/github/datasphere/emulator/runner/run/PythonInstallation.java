package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.python.PythonPlan;
import io.github.datasphere.emulator.runner.supervisor.LineSink;
import io.github.datasphere.emulator.runner.supervisor.Report;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Makes the Python environment of a job, fresh for each one (service-behaviour 4.16). */
final class PythonInstallation {
  private static final String REQUIREMENTS = "requirements.txt";

  private final Sandbox sandbox;
  private final SystemLog log;
  private final Cancellation cancellation;

  PythonInstallation(Sandbox sandbox, SystemLog log, Cancellation cancellation) {
    this.sandbox = sandbox;
    this.log = log;
    this.cancellation = cancellation;
  }

  void make(PythonPlan plan) throws IOException, PreparationException, CancelledException {
    cancellation.check();
    var tools = sandbox.python(plan);
    log.info("Creating the Python environment " + plan.venv());
    step(
        "venv",
        tools.venvScript(),
        tools.environment(),
        "The Python environment could not be made",
        "See system.log" + tools.advice());
    if (plan.installs()) {
      var lines = plan.requirementLines();
      log.info("Installing "
          + lines.stream().filter(line -> !line.startsWith("--")).count() + " requirements");
      sandbox.write(REQUIREMENTS, String.join("\n", lines) + "\n");
      step(
          "pip",
          pip(plan, tools.pipCache()),
          tools.environment(),
          "pip could not install the requirements",
          "See system.log; check the names, the versions and the way to the package index.");
    }
  }

  private String pip(PythonPlan plan, String cache) {
    return "exec " + PythonTools.quote(plan.binaries() + "/python")
        + " -m pip install --no-input --disable-pip-version-check --no-color --progress-bar off"
        + " --cache-dir " + PythonTools.quote(cache)
        + (plan.noDeps() ? " --no-deps" : "")
        + " -r " + PythonTools.quote(sandbox.state() + "/" + REQUIREMENTS) + "\n";
  }

  private void step(
      String name, String script, Map<String, String> environment, String failure, String advice)
      throws IOException, PreparationException, CancelledException {
    cancellation.check();
    sandbox.write(name, script);
    try (var out = new LineSink(log::info);
        var err = new LineSink(log::error)) {
      var report = sandbox.carryOut(name, environment, out, err);
      out.close();
      err.close();
      cancellation.check();
      if (!report.equals(Optional.of(new Report.Exited(0)))) {
        var how = report.map(PythonInstallation::how).orElse("it was ended from outside");
        var why = err.last().isEmpty() ? "" : ": " + err.last();
        throw new PreparationException(failure + " (" + how + ")" + why + ". " + advice);
      }
    }
  }

  private static String how(Report report) {
    if (report instanceof Report.Exited exited) {
      return "exit code " + exited.code();
    }
    if (report instanceof Report.NotRun failure) {
      return failure.why();
    }
    throw new AssertionError(report);
  }
}
