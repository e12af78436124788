package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.PythonPlan;
import io.github.datasphere.emulator.runner.supervisor.LineSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Makes the Python environment of a job, fresh for each one (service-behaviour 4.16). */
final class PythonSetup {
  private final JobFolder folder;
  private final HostSupervisor supervisor;
  private final Map<String, String> machine;
  private final SystemLog log;
  private final Cancellation cancellation;

  /**
   * Of one job.
   *
   * @param machine the environment of pip: it sees neither variables nor secrets of the job
   */
  PythonSetup(
      JobFolder folder,
      HostSupervisor supervisor,
      Map<String, String> machine,
      SystemLog log,
      Cancellation cancellation) {
    this.folder = folder;
    this.supervisor = supervisor;
    this.machine = machine;
    this.log = log;
    this.cancellation = cancellation;
  }

  /**
   * Makes it.
   *
   * @param cache downloads of pip, shared by all jobs
   */
  void make(PythonPlan plan, Path cache)
      throws IOException, PreparationException, CancelledException {
    cancellation.check();
    var python = choose(plan);
    log.info("Creating the Python environment " + plan.venv());
    step(
        "venv",
        "exec " + quote(python.executable()) + " -m venv " + quote(plan.venv()),
        "The Python environment could not be made with " + python.executable(),
        "See system.log. On Debian and Ubuntu, install python" + python.version() + "-venv.");
    if (plan.installs()) {
      install(plan, cache);
    }
  }

  private HostPython choose(PythonPlan plan) throws PreparationException {
    var python = new HostPythons(machine)
        .find(plan.version())
        .orElseThrow(() -> new PreparationException("The job needs Python "
            + plan.version()
            + ", and no python3 was found in the PATH: install one."));
    if (plan.version().isEmpty() || plan.version().equals(python.version())) {
      log.info("Python " + python.version() + " is " + python.executable());
    } else {
      log.info("Python " + plan.version() + " is not on this machine; the nearest is taken: "
          + python.version() + ", " + python.executable());
    }
    return python;
  }

  private void install(PythonPlan plan, Path cache)
      throws IOException, PreparationException, CancelledException {
    Files.createDirectories(cache);
    var requirements = folder.state("requirements.txt");
    Files.write(requirements, plan.requirementLines());
    var count =
        plan.requirementLines().stream().filter(line -> !line.startsWith("--")).count();
    log.info("Installing " + count + " requirements");
    step(
        "pip",
        "exec "
            + quote(plan.binaries() + "/python")
            + " -m pip install --no-input --disable-pip-version-check --no-color --progress-bar off"
            + " --cache-dir "
            + quote(cache.toString())
            + (plan.noDeps() ? " --no-deps" : "")
            + " -r "
            + quote(requirements.toString()),
        "pip could not install the requirements",
        "See system.log; check the names, the versions and the way to the package index.");
  }

  private void step(String name, String script, String failure, String advice)
      throws IOException, PreparationException, CancelledException {
    cancellation.check();
    supervisor.write(name, script + "\n");
    try (var out = new LineSink(log::info);
        var err = new LineSink(log::error)) {
      var code = supervisor.copy(supervisor.begin(name, machine), out, err);
      out.close();
      err.close();
      cancellation.check();
      if (code.isEmpty() || code.getAsInt() != 0) {
        var why = err.last().isEmpty() ? "" : ": " + err.last();
        var how = code.isPresent() ? "exit code " + code.getAsInt() : "it was ended from outside";
        throw new PreparationException(failure + " (" + how + ")" + why + ". " + advice);
      }
    }
  }

  private static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
