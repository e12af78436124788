package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipes for the official client, as they stand in docs/official-client.md. */
class RecipesIT {
  @Test
  void aServerInOneShellAndTheClientInAnother(@TempDir Path home) throws Exception {
    var shell = UserShell.in(home)
        .with(Map.of("DATASPHERE_EMULATOR_DATA_DIR", home.resolve("data").toString()))
        .with(Map.of("DATASPHERE_EMULATOR_RUNNER", "process"));
    var work = shell.cli().work();
    Checkout.sample("word-count", work);
    shell.cli().file("fork.py", Checkout.recipe("fork.py"));
    var server = shell.start(Checkout.recipe("start.sh"));
    try {
      server.untilItSays("Ctrl+C ends it.");
      var ended = shell.run(Checkout.recipe("work.sh")).good();
      assertThat(ended.out()).contains("job completed successfully");
      assertThat(work.resolve("results/counts.txt")).hasContent("fish 4");
      server.signal("TERM");
      assertThat(server.end().exitCode()).isZero();
    } finally {
      server.process().destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "word-count, 0, counts.txt",
    "directory-output, 0, result/fruit.txt",
    "failing-job, 1, half.txt",
    "progress-job, 0, config.yaml",
    "project-resources, 0, project-disk/copied-by-a-job.txt"
  })
  void execRunsEverySample(String sample, int code, String result, @TempDir Path home)
      throws Exception {
    var shell = UserShell.in(home);
    Checkout.sample(sample, shell.cli().work());

    // The project that the sample's own configuration knows.
    var recipe =
        Checkout.recipe("offline.sh").replace("bt1anyproject0000000", "bt1localproject00000");
    var ended = shell.run(recipe);

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(code);
    assertThat(shell.cli().work().resolve(result)).exists();
    assertThat(home.resolve("tmp")).isDirectoryNotContaining("glob:**/datasphere-emulator-*");
  }

  /** This one and its job ask a package index. */
  @Test
  void execRunsTheSampleWithARequirement(@TempDir Path home) throws Exception {
    var shell = UserShell.in(home);
    Checkout.sample("python-requirement", shell.cli().work());
    shell.run(Checkout.recipe("exec.sh")).good();
    assertThat(shell.cli().work().resolve("report.txt")).isNotEmptyFile();
  }

  @Test
  void execEndsTheJobsThatItsCommandLeft(@TempDir Path home) throws Exception {
    var shell = UserShell.in(home);
    var pid = home.resolve("pid");
    shell.cli().file("config.yaml", "name: left\ncmd: echo $$ > " + pid + "; sleep 987654\n");
    var leaving = Checkout.recipe("offline.sh")
        .replace("datasphere project", "bash -c 'datasphere project")
        .replace(
            "config.yaml\n", "config.yaml --async; until [ -s " + pid + " ]; do sleep 0.1; done'");

    shell.run(leaving).good();

    var job = Long.parseLong(Files.readString(pid).strip());
    assertThat(ProcessHandle.of(job).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(home.resolve("tmp")).isDirectoryNotContaining("glob:**/datasphere-emulator-*");
  }

  @Test
  void offlineNoNetworkIsNeeded(@TempDir Path home) throws Exception {
    var shell = UserShell.in(home)
        .with(Map.of("NO_PROXY", "*", "no_proxy", "pypi.org", "https_proxy", "http://127.0.0.1:9"));
    var asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    assumeTrue(
        shell.canDoWithoutNetwork() || List.of(asked.split(",")).contains("namespaces"),
        "this machine gives its users no network namespaces");
    Checkout.sample("word-count", shell.cli().work());

    assertThat(shell.runWithoutNetwork(Checkout.recipe("offline.sh")).good().out())
        .contains("No released packages found", "job completed successfully");
    assertThat(shell.cli().work().resolve("counts.txt")).isNotEmptyFile();
  }

  @Test
  void offlineAnAutomaticEnvironmentFailsWithAdvice(@TempDir Path home) throws Exception {
    var shell = UserShell.in(home);
    shell
        .cli()
        .file("main.py", "import yaml\n\nif __name__ == '__main__':\n    print(yaml)\n")
        .file("config.yaml", "name: auto\ncmd: python main.py\nenv: {python: auto}\n");
    var ended = shell.run(Checkout.recipe("offline.sh")).bad();
    assertThat(ended.out() + ended.err())
        .contains("runs with --offline", "Jobs need a manual Python environment then");
  }
}
