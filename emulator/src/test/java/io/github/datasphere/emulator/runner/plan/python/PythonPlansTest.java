package io.github.datasphere.emulator.runner.plan.python;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.spec.PipOptions;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import java.util.List;
import org.junit.jupiter.api.Test;

class PythonPlansTest {
  @Test
  void jobWithoutPythonHasNoEnvironment() {
    assertThat(PythonPlans.of(job("true").build().parameters(), "/venv")).isNull();
  }

  @Test
  void flagsAmongTheRequirementsAreUnderstood() {
    var plan = plan(new PythonEnv(
        "",
        "3.10",
        List.of(
            "numpy==1.26.4",
            "--no-deps",
            "",
            "--extra-index-url https://a/simple",
            "--trusted-host a",
            "  torch>=2 "),
        List.of(),
        PipOptions.NONE));

    assertThat(plan.version()).isEqualTo("3.10");
    assertThat(plan.noDeps()).isTrue();
    assertThat(plan.requirementLines())
        .containsExactly(
            "numpy==1.26.4", "--extra-index-url https://a/simple", "--trusted-host a", "torch>=2");
    assertThat(plan.installs()).isTrue();
  }

  @Test
  void pipOptionsBecomeLines() {
    var options =
        new PipOptions("https://own/simple", List.of("https://b"), List.of("own", "b"), true);
    var plan = plan(new PythonEnv("", "3.11", List.of("x"), List.of(), options));

    assertThat(plan.noDeps()).isTrue();
    assertThat(plan.requirementLines())
        .containsExactly(
            "--index-url https://own/simple",
            "--extra-index-url https://b",
            "--trusted-host own",
            "--trusted-host b",
            "x");
  }

  @Test
  void optionsAloneInstallNothing() {
    var options = new PipOptions("https://own/simple", List.of(), List.of(), false);

    assertThat(plan(new PythonEnv("", "3.11", List.of(), List.of(), options)).installs())
        .isFalse();
  }

  @Test
  void condaEnvironmentOfOldClientsIsRead() {
    var yaml = """
        name: default
        channels:
          - defaults
        dependencies:
          - python=3.9.16
          - pip
          - pip:
            - --extra-index-url https://pypi.ngc.nvidia.com
            - 'tensorflow==2.12'
            - numpy
        """;

    var plan = plan(new PythonEnv(yaml, "", List.of(), List.of(), PipOptions.NONE));

    assertThat(plan.version()).isEqualTo("3.9");
    assertThat(plan.requirementLines())
        .containsExactly(
            "--extra-index-url https://pypi.ngc.nvidia.com", "tensorflow==2.12", "numpy");
  }

  private static PythonPlan plan(PythonEnv python) {
    return PythonPlans.of(job("true").python(python).build().parameters(), "/venv");
  }
}
