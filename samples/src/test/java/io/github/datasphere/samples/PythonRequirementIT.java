package io.github.datasphere.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample that needs Python and the package index. */
class PythonRequirementIT {
  @TempDir
  static Path folder;

  @BeforeAll
  static void requirePackages() throws Exception {
    String required = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (!Arrays.asList(required.split(",")).contains("python")) {
      Assumptions.assumeTrue(
          succeeds("python3", "-m", "venv", folder.resolve("probe").toString()),
          "python3 with venv is not here");
      Assumptions.assumeTrue(
          succeeds(
              folder.resolve("probe/bin/pip").toString(),
              "download",
              "--no-deps",
              "--dest",
              folder.resolve("packages").toString(),
              "tabulate==0.9.0"),
          "pip cannot reach a package index");
    }
  }

  @Test
  void requirementAndLocalModuleAreThere(@TempDir Path temporary) throws Exception {
    SampleRun run = SampleRun.of("python-requirement", temporary);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.folder().resolve("report.txt")).hasContent("""
            Words by length
              length  words
            --------  -----------
                   1  a
                   3  job has and
                   6  inputs
                   7  outputs
            """);
    assertThat(run.out()).contains("job has and");
    assertThat(temporary.resolve("logs/system.log")).content().contains("tabulate");
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(List.of(command))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      boolean ended = process.waitFor(2, TimeUnit.MINUTES);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
