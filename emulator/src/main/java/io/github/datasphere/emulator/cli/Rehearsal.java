package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.cli.process.Signals;
import io.github.datasphere.emulator.client.JobRun;
import io.github.datasphere.emulator.client.RunOptions;
import io.github.datasphere.emulator.client.StreamConsole;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Does once, silently, what commands do. The virtual machine stores the classes that this loads in
 * the archive that lets the launcher start fast. A failure here is silent, since the same failure
 * would come again, with a message, when the command is used.
 */
public final class Rehearsal {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int POLL_MILLIS = 20;
  private static final String JOB = """
      name: rehearsal
      cmd: cat in.txt > "${OUT}"
      inputs:
        - in.txt
      outputs:
        - out.txt: OUT
      """;

  private static final String SCRIPT = """
      {"steps": [{"stdout": "text"}, {"lasts": "3600s"},
        {"writes": {"path": "out", "content": "AA=="}}]}
      """;

  private final Path folder;
  private final PrintStream silence =
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

  private Rehearsal(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs the rehearsal.
   *
   * @param args an empty folder, which the caller removes
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var rehearsal = new Rehearsal(Path.of(args[0]).toAbsolutePath());
    Files.writeString(rehearsal.folder.resolve("in.txt"), "text");
    Files.writeString(rehearsal.folder.resolve("job.yaml"), JOB);
    try {
      rehearsal.serve();
      rehearsal.command("run", "job.yaml", "--log-dir", "logs", "--log-level", "error");
      rehearsal.command("types");
      rehearsal.direct();
      rehearsal.command("check", "recording");
      System.exit(0);
    } finally {
      // Where the server did not end, its thread would keep this process alive
      Runtime.getRuntime().halt(1);
    }
  }

  private void command(String... args) {
    new Main(context()).run(args);
  }

  private ProcessContext context() {
    return new ProcessContext(
        "datasphere-emulator", Map.of("PATH", path()), folder, folder, silence, silence, false);
  }

  private void serve() throws IOException, InterruptedException {
    var addresses = folder.resolve("env");
    var server = new Thread(this::startServer, "server");
    server.start();
    for (var waited = 0; Files.notExists(addresses) && server.isAlive(); waited += POLL_MILLIS) {
      if (waited > PATIENCE_MILLIS) {
        throw new IOException("the server does not start");
      }
      Thread.sleep(POLL_MILLIS);
    }
    if (Files.exists(addresses)) {
      runJobAt(address(Files.readAllLines(addresses)));
      Signals.raise("TERM");
    }
    server.join(PATIENCE_MILLIS);
  }

  private void startServer() {
    command(
        "start",
        "--data-dir=data",
        "--env-file=env",
        "--env-format=dotenv",
        "--log-level=error",
        "--grpc-port=0",
        "--http-port=0",
        "--tls-port=0",
        "--proxy-port=0");
  }

  private static String address(List<String> variables) {
    var name = "DATASPHERE_EMULATOR_GRPC=";
    return variables.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElseThrow();
  }

  private void runJobAt(String address) throws InterruptedException {
    runJob(ManagedChannelBuilder.forTarget(address).usePlaintext().build());
  }

  private void runJob(ManagedChannel channel) throws InterruptedException {
    try {
      var options = RunOptions.of(folder.resolve("job.yaml"), folder, Map.of("PATH", path()))
          .withLogDirectory(folder.resolve("server-logs"));
      var console = new StreamConsole(silence, silence, false);
      new JobRun(channel, options, console, Clock.systemUTC()).run();
    } finally {
      channel.shutdownNow();
    }
  }

  /** Does what tests by script ask over HTTP, and records a job. */
  private void direct() throws IOException, InterruptedException {
    var config = EmulatorConfig.onFreePorts();
    var scripted = config.with(config.jobs().with(RunnerKind.SCRIPTED));
    try (var emulator = Emulator.start(scripted)) {
      runJob(emulator.channel());
      Files.write(
          Files.createDirectory(folder.resolve("recording")).resolve("session.jsonl"),
          ask(emulator, "/session", ""));
      ask(emulator, "/reset", "{\"manualClock\": true}");
      ask(emulator, "/scripts", "{\"when\": {\"name\": \"a\"}, \"scripts\": [" + SCRIPT + "]}");
      ask(emulator, "/clock:move", "{\"advance\": \"3600s\"}");
      ask(emulator, "/jobs", "");
      ask(emulator, "/undone", "");
    }
  }

  /** Asks by GET if there is no body. */
  private static byte[] ask(Emulator emulator, String path, String body) throws IOException {
    var url = emulator.addresses().http().resolve("/api/v1" + path).toURL();
    var connection = (HttpURLConnection) url.openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + emulator.httpToken());
    connection.setRequestProperty("Content-Type", "application/json");
    if (!body.isEmpty()) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
    try (var answer = connection.getInputStream()) {
      return answer.readAllBytes();
    }
  }

  private static String path() {
    return System.getenv().getOrDefault("PATH", "");
  }
}
