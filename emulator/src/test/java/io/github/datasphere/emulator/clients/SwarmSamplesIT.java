package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.runner.docker.RealEngine;
import io.github.datasphere.emulator.runner.docker.RealSwarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples, executed by the official client on a swarm and on one engine. */
class SwarmSamplesIT {
  private static final String PROJECT = "bt1localproject00000";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "word-count",
        "directory-output",
        "failing-job",
        "progress-job",
        "project-resources"
      })
  void filesAndLogsAreThoseOfOneEngineByteByByte(String sample, @TempDir Path folder)
      throws Exception {
    var swarm = executed(sample, RealSwarm.configuration(), folder.resolve("swarm"));
    var engine = executed(sample, "runner: docker\n", folder.resolve("engine"));

    assertThat(swarm).isEqualTo(engine);
    assertThat(swarm).containsKeys("log stdout.txt", "log stderr.txt");
  }

  /** Returns the exit code, and the digest of each file and log. */
  private static Map<String, String> executed(String sample, String runner, Path folder)
      throws Exception {
    var work = folder.resolve("home/work");
    Files.createDirectories(work.getParent());
    Checkout.sample(sample, work);
    var own = work.resolve("datasphere-emulator.yaml");
    var yaml = "offline: true\ndefault-image: \"" + RealEngine.image() + "\"\n" + runner
        + (Files.exists(own)
            ? Files.readString(own)
            : "projects: {" + PROJECT + ": {name: samples}}\n");
    try (var served = Served.start(work, yaml)) {
      Files.delete(own);
      var cli = OfficialCli.newest(folder.resolve("home"), served);
      var ended = cli.start(
              "--log-dir",
              cli.logs().toString(),
              "project",
              "job",
              "execute",
              "-p",
              PROJECT,
              "-c",
              "config.yaml")
          .end();
      var all = new TreeMap<String, String>();
      all.put("exit code", String.valueOf(ended.exitCode()));
      addFiles(all, "file ", work);
      for (var log : new String[] {"stdout.txt", "stderr.txt"}) {
        all.put("log " + log, cli.log(log));
      }
      return all;
    }
  }

  private static void addFiles(Map<String, String> all, String what, Path folder)
      throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        all.put(
            what + folder.relativize(file),
            Sha256.hex(Files.readAllBytes(file)) + Files.isExecutable(file));
      }
    }
  }
}
