package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python sample: the official client's SDK, tested through the control service. */
class PythonUnittestIT {
  private static final Path SAMPLE = Launched.MODULE.resolveSibling("samples/python-unittest");

  @TempDir
  Path folder;

  @Test
  void theTestsOfTheSamplePass() throws Exception {
    var python = python();
    var variables = Map.of("PYTHONDONTWRITEBYTECODE", "1");
    try (var exec = Launched.start(
        Launched.LAUNCHER,
        folder,
        variables,
        "exec",
        "--runner",
        "scripted",
        "--",
        python.toString(),
        "-m",
        "unittest",
        "discover",
        "-v",
        "-s",
        SAMPLE.toString())) {
      assertThat(exec.exitCode()).as(exec.stderr()).isZero();
      assertThat(exec.stderr()).containsPattern("Ran [1-9]\\d* tests").contains("\nOK\n");
    }
  }

  /** Skips the test if the client is not there, unless the run asks for all Python tests. */
  private static Path python() {
    var python = Path.of(
        System.getenv().getOrDefault("DATASPHERE_EMULATOR_CLIENTS", ""), "0.10.0", "bin", "python");
    var asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (!Arrays.asList(asked.split(",")).contains("python")) {
      Assumptions.assumeTrue(
          Files.isExecutable(python),
          "the official client 0.10.0 is not here: .ci/run brings it and sets"
              + " DATASPHERE_EMULATOR_CLIENTS");
    }
    return python;
  }
}
