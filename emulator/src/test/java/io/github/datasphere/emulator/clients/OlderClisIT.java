package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Older releases of the official command line; what each can do, service-behaviour 8 says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OlderClisIT {
  private Served served;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    served = Served.offline(folder, "");
  }

  @AfterAll
  void stop() {
    if (served != null) {
      served.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.6.7", "0.7.9", "0.8.0", "0.9.0"})
  void runAJob(String version, @TempDir Path home) throws Exception {
    var cli = OfficialCli.version(version, home, served).file("in.txt", version + "\n");
    cli.file("config.yaml", """
        name: old
        cmd: cat ${IN} | tee ${OUT}; echo told >&2
        inputs: [{in.txt: IN}]
        outputs: [{out.txt: OUT}]
        cloud-instance-type: c1.8
        """);

    var ended = cli.run("project", "job", "execute", "-p", OfficialCli.PROJECT, "-c", "config.yaml")
        .good();

    assertThat(cli.work().resolve("out.txt")).hasContent(version);
    assertThat(ended.out() + ended.err()).contains("job completed successfully");
    assertThat(logOf(home, "stdout.txt")).isEqualTo(version + "\n");
    assertThat(logOf(home, "stderr.txt")).isEqualTo("told\n");
    assertThat(cli.run("project", "job", "get", "--id", ended.job()).good().out())
        .contains(ended.job(), "SUCCESS");
  }

  /** Its log folder is in the temporary one, under a name made of the time. */
  private static String logOf(Path home, String name) throws Exception {
    try (var found = Files.find(home.resolve("tmp"), 4, (file, is) -> file.endsWith(name))) {
      for (var file : (Iterable<Path>) found::iterator) {
        if (Files.size(file) > 0) {
          return Files.readString(file);
        }
      }
    }
    return "";
  }
}
