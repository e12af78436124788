package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands as a shell sees them: output, exit codes, signals, and what they leave behind. */
class CommandsIT {
  @TempDir
  Path folder;

  @Test
  void execGivesTheCommandItsVariablesAndNothingElseOnStdout() throws Exception {
    var script =
        "echo \"$grpc_proxy|$DATASPHERE_EMULATOR_CA\"; test -r \"$DATASPHERE_EMULATOR_CA\"";
    try (var exec = Launched.start(folder, "exec", "--", "sh", "-c", script)) {
      assertThat(exec.exitCode()).isZero();
      assertThat(exec.stdout())
          .matches(
              "http://127\\.0\\.0\\.1:\\d+\\|" + folder + "/datasphere-emulator-[^/]+/ca/\\S+\n");
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({"exit 7, 7", "kill -KILL $$, 137"})
  void execEndsWithTheCommandsExitCode(String script, int code) throws Exception {
    try (var exec = Launched.start(folder, "exec", "--", "sh", "-c", script)) {
      assertThat(exec.exitCode()).isEqualTo(code);
    }
    assertNothingIsLeft();
  }

  @Test
  void execTakesOptionsOfTheCommandAsTheyAre() throws Exception {
    try (var exec =
        Launched.start(folder, "exec", "--offline", "--", "echo", "--help", "-x", "--", "y")) {
      assertThat(exec.exitCode()).isZero();
      assertThat(exec.stdout()).isEqualTo("--help -x -- y\n");
    }
  }

  @Test
  void execWithoutCommandIsWrongUsage() throws Exception {
    try (var exec = Launched.start(folder, "exec")) {
      assertThat(exec.exitCode()).isEqualTo(2);
      assertThat(exec.stderr()).contains("Missing required parameter: 'COMMAND'");
    }
  }

  @Test
  void execOfWhatIsNotThereGivesWhatAShellWouldGive() throws Exception {
    try (var exec = Launched.start(folder, "exec", "--", "no-such-command")) {
      assertThat(exec.exitCode()).isEqualTo(127);
      assertThat(exec.stderr()).contains("cannot run no-such-command: no such command");
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({"INT, 9", "TERM, 8", "HUP, 7"})
  void execPassesSignalsOn(String signal, int code) throws Exception {
    var script =
        "trap 'echo INT; exit 9' INT; trap 'echo TERM; exit 8' TERM; trap 'echo HUP; exit 7' HUP;"
            + " echo ready; while :; do sleep 0.05; done";
    try (var exec = Launched.start(folder, "exec", "--", "sh", "-c", script)) {
      exec.awaitOutput("ready");
      exec.signal(signal);
      assertThat(exec.exitCode()).isEqualTo(code);
      assertThat(exec.stdout()).isEqualTo("ready\n" + signal + "\n");
    }
    assertNothingIsLeft();
  }

  @Test
  void startServesUntilItIsToldToEnd() throws Exception {
    try (var server = start("--env-file", "env")) {
      server.awaitOutput("Ctrl+C ends it.");
      var env = folder.resolve("env");
      assertThat(Files.getPosixFilePermissions(env))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(health(env)).isEqualTo(200);
      assertThat(printedByEnv()).isEqualTo(Files.readString(env));
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
    }
    try (var env = Launched.start(folder, "env", "--data-dir", "data")) {
      assertThat(env.exitCode()).isEqualTo(1);
      assertThat(env.stderr()).contains("no server runs on " + folder.resolve("data"));
    }
  }

  @Test
  void aKilledServerIsNotFoundAnyMore() throws Exception {
    try (var server = start()) {
      server.awaitOutput("Ctrl+C ends it.");
      server.signal("KILL");
      server.exitCode();
    }
    try (var env = Launched.start(folder, "env", "--data-dir", "data")) {
      assertThat(env.exitCode()).isEqualTo(1);
    }
    try (var server = start()) {
      server.awaitOutput("Ctrl+C ends it.");
    }
  }

  @Test
  void aPortInUseIsNamedWithItsOption() throws Exception {
    for (var option : List.of("--grpc-port", "--http-port", "--tls-port", "--proxy-port")) {
      try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          var server = start(option, Integer.toString(taken.getLocalPort()))) {
        assertThat(server.exitCode()).isEqualTo(1);
        assertThat(server.stderr())
            .contains("127.0.0.1:" + taken.getLocalPort())
            .contains(option);
      }
    }
  }

  @Test
  void portsAreNotOpenedToOthersUnlessThatIsMeant() throws Exception {
    try (var server = start("--bind", "0.0.0.0")) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.stderr()).contains("--bind 0.0.0.0", "--open", "tokens");
    }
  }

  @Test
  void startSaysWhatIsOpenToOthersAndWhere() throws Exception {
    try (var server = start("--bind", "0.0.0.0", "--open")) {
      server.awaitOutput("Ctrl+C ends it.");
      assertThat(server.stdout())
          .contains("WARNING: open to everyone", "without any token", "--advertise")
          .contains("as user " + System.getProperty("user.name"));
    }
  }

  @Test
  void aSecondServerOnOneDataDirectoryIsRefused() throws Exception {
    try (var first = start();
        var second = startAfter(first)) {
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.stderr())
          .contains(folder.resolve("data") + " is in use by process ")
          .contains("--data-dir");
    }
  }

  @Test
  void runShowsTheJobAndBringsItsResults() throws Exception {
    writeJob("echo shown; echo kept > ${OUT}");
    try (var run = Launched.start(folder, "run", "job.yaml")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.stdout()).isEqualTo("shown\n");
    }
    assertThat(folder.resolve("out.txt")).hasContent("kept");
    assertNothingIsLeft();
  }

  @Test
  void runEndsWithTheProgramsExitCode() throws Exception {
    writeJob("exit 5");
    try (var run = Launched.start(folder, "run", "job.yaml")) {
      assertThat(run.exitCode()).isEqualTo(5);
    }
    assertNothingIsLeft();
  }

  @Test
  void interruptingARunEndsAllOfItsProcesses() throws Exception {
    writeJob("setsid sleep 987654 & echo $!; trap '' TERM; echo ready; sleep 987654");
    try (var run = Launched.start(folder, "run", "job.yaml")) {
      run.awaitOutput("ready");
      var escaped = Long.parseLong(run.stdout().lines().findFirst().orElseThrow());
      run.signal("INT");
      assertThat(run.exitCode()).isEqualTo(130);
      await()
          .until(() -> ProcessHandle.of(escaped).filter(ProcessHandle::isAlive).isEmpty());
    }
    assertNothingIsLeft();
  }

  private Launched start(String... more) throws IOException {
    var arguments = new ArrayList<>(List.of("start", "--data-dir", "data"));
    var given = List.of(more);
    for (var option : List.of("--grpc-port", "--http-port", "--tls-port", "--proxy-port")) {
      if (!given.contains(option)) {
        arguments.addAll(List.of(option, "0"));
      }
    }
    arguments.addAll(given);
    return Launched.start(folder, arguments.toArray(String[]::new));
  }

  private Launched startAfter(Launched first) throws IOException {
    first.awaitOutput("Ctrl+C ends it.");
    return start();
  }

  private String printedByEnv() throws Exception {
    try (var env = Launched.start(folder, "env", "--data-dir", "data")) {
      assertThat(env.exitCode()).isZero();
      return env.stdout();
    }
  }

  private static int health(Path env) throws IOException, InterruptedException {
    var name = "export DATASPHERE_EMULATOR_HTTP=";
    var base = Files.readAllLines(env).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElseThrow();
    var request = HttpRequest.newBuilder(URI.create(base + "/healthz")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  private void writeJob(String command) throws IOException {
    Files.writeString(
        folder.resolve("job.yaml"),
        "name: job\ncmd: |\n  " + command + "\noutputs:\n  - out.txt: OUT\n");
  }

  /** Java's temporary folder is the test's own. */
  private void assertNothingIsLeft() {
    assertThat(folder).isDirectoryNotContaining("glob:**/datasphere-emulator-*");
  }
}
