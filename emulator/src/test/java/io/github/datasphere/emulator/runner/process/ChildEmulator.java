package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.logs.segment.SegmentJobLog;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.MemoryFiles;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.TestJobs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

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
    var options = new ArrayList<>(List.of(jvmOptions));
    options.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    var command = ChildJvm.command(options, ChildEmulator.class);
    command.addAll(List.of(folder.toString(), durability.name(), job, cmd));
    return new ChildEmulator(new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
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
