package io.github.datasphere.emulator.runner.plan.python;

import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.spec.PipOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works out the Python environment that a job asks for (service-behaviour 2.11, 2.12, 4.16). */
public final class PythonPlans {
  private static final String NO_DEPS = "--no-deps";

  private PythonPlans() {}

  public static @Nullable PythonPlan of(JobParameters parameters, String venv) {
    var python = parameters.env().python();
    if (python == null) {
      return null;
    }
    var conda = CondaYaml.parse(python.condaYaml());
    var version = python.version().isEmpty() ? conda.pythonVersion() : python.version();
    var asked = new ArrayList<>(python.requirements());
    asked.addAll(conda.requirements());
    // pip takes this one as an argument but not as a line of a file
    var noDeps = python.pip().noDeps() || asked.removeIf(line -> line.strip().equals(NO_DEPS));
    return new PythonPlan(version, venv, lines(asked, python.pip()), noDeps);
  }

  private static List<String> lines(List<String> requirements, PipOptions pip) {
    var lines = new ArrayList<String>();
    if (!pip.indexUrl().isEmpty()) {
      lines.add("--index-url " + pip.indexUrl());
    }
    pip.extraIndexUrls().forEach(url -> lines.add("--extra-index-url " + url));
    pip.trustedHosts().forEach(host -> lines.add("--trusted-host " + host));
    requirements.stream().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
    return lines;
  }
}
