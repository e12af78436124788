package io.github.datasphere.emulator.runner.process;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.PipOptions;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.process.python.HostPython;
import io.github.datasphere.emulator.runner.process.python.HostPythons;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python environments of jobs, with this machine's Python and its package index. */
class PythonEnvironmentIT {
  @TempDir
  Path folder;

  private RunnerHarness harness;
  private HostPython python;

  @BeforeEach
  void findPython() {
    var found = new HostPythons(System.getenv()).find("");
    var asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (found.isEmpty() && !Arrays.asList(asked.split(",")).contains("python")) {
      Assumptions.abort("there is no python3 on this machine: install one to test with it");
    }
    python = found.orElseThrow();
    harness = new RunnerHarness((ports, events) -> ProcessRunner.start(
        new ProcessSettings(
            folder.resolve("jobs"),
            Durability.LEASED,
            JobResources.within(folder),
            System.getenv()),
        ports,
        events));
  }

  @AfterEach
  void close() {
    if (harness != null) {
      harness.close();
    }
  }

  @Test
  void commandsOfPythonAreThoseOfTheJobsOwnEnvironment() {
    var module = harness.file(
        "/tmp/tmpx",
        "_LOCAL_MODULE_0",
        RunnerHarness.zip(Map.of("pkg/__init__.py", "NAME = 'local module'\n")),
        Compression.ZIP);
    var environment =
        new PythonEnv("", python.version(), List.of(), List.of(module), PipOptions.NONE);
    var job =
        job("python -c 'import sys, pkg; print(sys.executable, pkg.NAME)'; command -v python3 pip")
            .python(environment)
            .build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    var lines = harness.stdout(job).lines().toList();
    assertThat(lines.get(0)).matches(".*/job/\\.job_python_venv_\\w{3}/bin/python local module");
    assertThat(lines.get(1)).endsWith("/bin/python3").contains(".job_python_venv_");
    assertThat(lines.get(2)).endsWith("/bin/pip").contains(".job_python_venv_");
    assertThat(harness.systemLog(job)).contains("[INFO] Python " + python.version());
  }

  @Test
  void requirementIsInstalledAndPipIsHeard() {
    var environment =
        new PythonEnv("", "", List.of("six==1.17.0", "--no-deps"), List.of(), PipOptions.NONE);
    var job = job("python3 -c 'import six; print(six.__version__)'")
        .python(environment)
        .build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job)).isEqualTo("1.17.0\n");
    assertThat(harness.systemLog(job)).contains("[INFO] Successfully installed six-1.17.0");
  }

  @Test
  void requirementThatDoesNotExistFailsTheJobWithPipsOwnWords() {
    var environment = new PythonEnv(
        "", "", List.of("datasphere-emulator-no-such-thing"), List.of(), PipOptions.NONE);
    var job = job("true").python(environment).build();

    var ending = harness.run(job);

    assertThat(ending).isInstanceOf(Ending.Failed.class);
    assertThat(((Ending.Failed) ending).message())
        .contains("datasphere-emulator-no-such-thing")
        .contains("system.log");
    assertThat(harness.systemLog(job)).contains("[ERROR] ");
  }

  @Test
  void versionThatIsNotHereIsReplacedByTheNearestWithAWord() {
    var environment = new PythonEnv("", "3.5", List.of(), List.of(), PipOptions.NONE);
    var job = job("python --version").python(environment).build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job)).startsWith("Python 3.");
    assertThat(harness.systemLog(job)).contains("Python 3.5 is not on this machine");
  }
}
