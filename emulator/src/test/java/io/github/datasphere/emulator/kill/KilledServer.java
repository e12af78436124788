package io.github.datasphere.emulator.kill;

import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.ImagesConfig;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.ProjectsConfig;
import io.github.datasphere.emulator.config.ProjectsConfig.KnownProject;
import io.github.datasphere.emulator.config.PullPolicy;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.SwarmConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, with a data directory. */
final class KilledServer {
  private static final int STOP_SECONDS = 90;

  private final Process process;
  private final String address;

  private KilledServer(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Returns when it serves. */
  static KilledServer start(Path dataDir) throws IOException {
    return start(dataDir, Map.of())
        .orElseThrow(() -> new AssertionError("the server did not start: " + said(dataDir)));
  }

  /** Likewise, with more variables; empty if it did not start. */
  static Optional<KilledServer> start(Path dataDir, Map<String, String> variables)
      throws IOException {
    return start(dataDir, variables, List.of(), List.of());
  }

  /** One whose jobs see the folder as their project's disk; its temporary files lie in another. */
  static KilledServer start(Path dataDir, RunnerKind runner, Path disk, Path temporary)
      throws IOException {
    var options = List.of("-Djava.io.tmpdir=" + temporary);
    return start(dataDir, Map.of(), options, List.of(runner.name(), disk.toString()))
        .orElseThrow(() -> new AssertionError("the server did not start: " + said(dataDir)));
  }

  private static Optional<KilledServer> start(
      Path dataDir, Map<String, String> variables, List<String> more, List<String> arguments)
      throws IOException {
    var options =
        new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    options.addAll(more);
    var command = ChildJvm.command(options, KilledServer.class);
    command.add(dataDir.toString());
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log(dataDir)));
    builder.environment().putAll(variables);
    var process = builder.start();
    var address = process.inputReader().readLine();
    if (address == null) {
      process.onExit().join();
      return Optional.empty();
    }
    return Optional.of(new KilledServer(process, address));
  }

  /** What servers of this directory say beside their address. */
  static File log(Path dataDir) {
    return new File(dataDir + ".log");
  }

  /** The log's last lines, which tell more than its name once a test's folder is gone. */
  private static String said(Path dataDir) {
    try {
      var lines = Files.readAllLines(log(dataDir).toPath());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  long pid() {
    return process.pid();
  }

  String address() {
    return address;
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** As after Ctrl+C. False if it did not end. */
  boolean stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
  }

  public static void main(String[] arguments) throws IOException {
    var config = EmulatorConfig.onFreePorts().inDataDir(Path.of(arguments[0]));
    config = config.with(config.jobs().with(RunnerKind.PROCESS));
    if (arguments.length > 1) {
      config = withDisk(config, RunnerKind.valueOf(arguments[1]), Path.of(arguments[2]));
    }
    try (var emulator = Emulator.start(config)) {
      System.out.println(emulator.addresses().grpc());
      while (System.in.read() >= 0) {}
    }
  }

  private static EmulatorConfig withDisk(EmulatorConfig config, RunnerKind runner, Path disk) {
    var project = new KnownProject(Optional.empty(), Optional.empty(), Optional.of(disk));
    var jobs = new JobsConfig(
        runner,
        config.jobs().sizing(),
        new ImagesConfig(
            Map.of(),
            Map.of(),
            Optional.ofNullable(System.getenv("DATASPHERE_EMULATOR_TEST_IMAGE")),
            PullPolicy.MISSING,
            Optional.empty()),
        config.jobs().missingOutputs(),
        config.jobs().stopAtClose(),
        config.jobs().seed(),
        SwarmConfig.none());
    return config.with(jobs).with(new ProjectsConfig(Map.of(JobClient.PROJECT, project), false));
  }
}
