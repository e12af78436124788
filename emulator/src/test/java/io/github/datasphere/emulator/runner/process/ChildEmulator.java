package io.github.datasphere.emulator.runner.process;

import static java.util.stream.Collectors.joining;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.logs.segment.SegmentJobLog;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.MemoryFiles;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.TestJobs;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** A runner with one job in a JVM of its own, to be killed. */
final class ChildEmulator implements AutoCloseable {
  private final Process process;
  private final BufferedReader events;

  private ChildEmulator(Process process) {
    this.process = process;
    this.events = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Runs the job in the folder, where the log is kept, too. */
  static ChildEmulator start(
      Path folder, Durability durability, String job, String cmd, String... jvmOptions)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classPath()));
    command.addAll(List.of(ChildEmulator.class.getName(), folder.toString()));
    command.addAll(List.of(durability.name(), job, cmd));
    return new ChildEmulator(new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  /** Where the classes come from, whatever has started the tests. */
  private static String classPath() {
    var program = String.valueOf(Supervisor.class.getResource("supervisor.sh"));
    var resources =
        URI.create(program.substring(0, program.indexOf("io/github"))).getPath();
    return Stream.concat(
            Stream.of(ChildEmulator.class, ProcessRunner.class, Logger.class)
                .map(type ->
                    type.getProtectionDomain().getCodeSource().getLocation().getPath()),
            Stream.of(resources))
        .collect(joining(File.pathSeparator));
  }

  /** Reads events until one begins like this; the whole line. */
  String await(String begin) throws IOException {
    for (var line = events.readLine(); line != null; line = events.readLine()) {
      if (line.startsWith(begin)) {
        return line;
      }
    }
    throw new AssertionError("the child ended before it told " + begin);
  }

  void killHard() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    killHard();
  }

  public static void main(String[] arguments) throws InterruptedException {
    var folder = Path.of(arguments[0]);
    var settings = new ProcessSettings(
        folder.resolve("jobs"),
        Durability.valueOf(arguments[1]),
        JobResources.within(folder),
        System.getenv());
    var ports = new RunnerPorts(
        new MemoryFiles(),
        new SegmentJobLog(folder.resolve("logs")),
        Clock.systemUTC(),
        new IdSource(new SecureRandom()));
    var runner = ProcessRunner.start(settings, ports, ChildEmulator::tell);
    Job job = TestJobs.job(arguments[3]).id(arguments[2]).build();
    runner.run(job);
    Thread.currentThread().join();
  }

  private static void tell(RunnerEvent event) {
    if (event instanceof RunnerEvent.Started) {
      System.out.println("Started");
    } else if (event instanceof RunnerEvent.Ended ended) {
      System.out.println("Ended " + ended.ending());
    }
  }
}
