package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The official command line, unmodified, as a user starts it who has a home and a working directory
 * of their own.
 */
final class OfficialCli {
  static final String NEWEST = "0.10.0";
  static final String PROJECT = "bt1fakeproject000000";

  /** What a machine may have set, and what would answer in the place of what a test sets. */
  private static final Set<String> OF_THE_MACHINE =
      Set.of("YC_TOKEN", "YC_OAUTH_TOKEN", "YC_IAM_TOKEN", "YC_AUTH", "SERVER_ENV", "ROOT_CA");

  private final Path bin;
  private final Path home;
  private final Map<String, String> variables;

  private OfficialCli(Path bin, Path home, Map<String, String> variables) {
    this.bin = bin;
    this.home = home;
    this.variables = variables;
  }

  static OfficialCli newest(Path home, Served served) throws IOException {
    return version(NEWEST, home, served);
  }

  /** Of the one that the served emulator is for; skips the test if this version is not here. */
  static OfficialCli version(String version, Path home, Served served) throws IOException {
    Files.createDirectories(home.resolve("work"));
    Files.createDirectories(home.resolve("tmp"));
    return new OfficialCli(bin(version), home, served.variables());
  }

  /** Of no emulator in particular: what it runs finds one. */
  static OfficialCli unattached(Path home) throws IOException {
    Files.createDirectories(home.resolve("work"));
    Files.createDirectories(home.resolve("tmp"));
    return new OfficialCli(bin(NEWEST), home, Map.of());
  }

  /** Where {@code .ci/run} brings this version; skips the test unless it must not be missing. */
  static Path bin(String version) {
    var bin = Optional.ofNullable(System.getenv("DATASPHERE_EMULATOR_CLIENTS"))
        .map(clients -> Path.of(clients, version, "bin"))
        .filter(folder -> Files.isExecutable(folder.resolve("datasphere")));
    var asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (bin.isEmpty() && !List.of(asked.split(",")).contains("python")) {
      Assumptions.abort("the official client " + version
          + " is not here: .ci/run brings it and sets DATASPHERE_EMULATOR_CLIENTS");
    }
    return bin.orElseThrow();
  }

  /** With this variable too; an empty one is taken away. */
  OfficialCli with(String name, String value) {
    var changed = new HashMap<>(variables);
    changed.put(name, value);
    return new OfficialCli(bin, home, changed);
  }

  /** Its working directory. */
  Path work() {
    return home.resolve("work");
  }

  /** Makes a file in its working directory. */
  OfficialCli file(String name, String text) throws IOException {
    var file = work().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  String read(String name) throws IOException {
    return Files.readString(work().resolve(name));
  }

  /** Runs {@code datasphere} to its end. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).end();
  }

  /** Runs {@code config.yaml} to its end, with its logs in {@link #logs}. */
  Ended execute(String config) throws IOException, InterruptedException {
    return startJob(config).end();
  }

  Started startJob(String config) throws IOException {
    file("config.yaml", config);
    return start(
        "--log-dir",
        logs().toString(),
        "project",
        "job",
        "execute",
        "-p",
        PROJECT,
        "-c",
        "config.yaml");
  }

  Path logs() {
    return home.resolve("logs");
  }

  /** What its log folder holds in this file. */
  String log(String name) throws IOException {
    return Files.readString(logs().resolve(name));
  }

  Started start(String... arguments) throws IOException {
    return program("datasphere", arguments);
  }

  /** Starts a program of its virtual environment, or one named by its whole path. */
  Started program(String program, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(bin.resolve(program).toString()));
    Stream.of(arguments).forEach(command::add);
    var out = Files.createTempFile(home, "out", ".txt");
    var err = Files.createTempFile(home, "err", ".txt");
    var builder = new ProcessBuilder(command)
        .directory(work().toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile());
    var environment = builder.environment();
    environment.keySet().removeAll(OF_THE_MACHINE);
    environment.put("HOME", home.toString());
    environment.put("TMPDIR", home.resolve("tmp").toString());
    environment.put("PATH", bin + ":" + environment.getOrDefault("PATH", ""));
    environment.putAll(variables);
    environment.values().removeIf(String::isEmpty);
    return new Started(builder.start(), out, err);
  }

  /** The id of the job that these words of the client tell of. */
  static String jobIn(String text) {
    var matcher = Pattern.compile("created job `([^`]+)`").matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
