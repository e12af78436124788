package io.github.datasphere.emulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The official client of one version, as {@code .ci/run} brings it. */
final class OfficialClient {
  private static final String VERSION = "0.10.0";

  private final Path bin;

  private OfficialClient(Path bin) {
    this.bin = bin;
  }

  /** Skips the test if the client is not there, unless the run asks for all Python tests. */
  static OfficialClient required() {
    Optional<Path> bin = Optional.ofNullable(System.getenv("DATASPHERE_EMULATOR_CLIENTS"))
        .map(clients -> Path.of(clients, VERSION, "bin"))
        .filter(folder -> Files.isExecutable(folder.resolve("python")));
    String asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (bin.isEmpty() && !Arrays.asList(asked.split(",")).contains("python")) {
      Assumptions.abort("the official client "
          + VERSION
          + " is not here: .ci/run brings it and sets DATASPHERE_EMULATOR_CLIENTS");
    }
    return new OfficialClient(bin.orElseThrow());
  }

  /** A {@code PATH} on which {@code python3} is the client's own. */
  String path() {
    return bin + ":" + System.getenv("PATH");
  }

  /** Runs a Python program of the test resources. */
  void run(String resource, Path folder, Path log, String... arguments)
      throws IOException, InterruptedException {
    Path program = Files.createTempFile(folder, "program", ".py");
    try (InputStream in = OfficialClient.class.getResourceAsStream(resource)) {
      Files.write(program, in.readAllBytes());
    }
    var command = new java.util.ArrayList<String>();
    command.add(bin.resolve("python").toString());
    command.add(program.toString());
    command.addAll(Arrays.asList(arguments));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("PASSED", "on");
    builder.environment().put("PATH", path());
    assertThat(builder.start().waitFor()).as(Files.readString(log)).isZero();
  }
}
