package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.ImagePull;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.logs.segment.SegmentJobLog;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.MemoryFiles;
import io.github.datasphere.emulator.runner.RunnerEvent;
import io.github.datasphere.emulator.runner.RunnerPorts;
import io.github.datasphere.emulator.runner.TestJobs;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobImages;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A runner with jobs in a JVM of its own, to be killed. */
final class DockerChild implements AutoCloseable {
  private final Process process;
  private final BufferedReader events;

  private DockerChild(Process process) {
    this.process = process;
    this.events = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Runs one command in several jobs, whose logs are kept in the folder.
   *
   * @param owner of the containers
   */
  static DockerChild start(
      Path folder, Durability durability, String owner, String cmd, List<String> jobs)
      throws IOException {
    var options = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    var command = ChildJvm.command(options, DockerChild.class);
    command.addAll(List.of(folder.toString(), durability.name(), owner, cmd));
    command.addAll(jobs);
    return new DockerChild(new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  /** Reads events until so many begin like this. */
  List<String> await(int count, String begin) throws IOException {
    var found = new ArrayList<String>();
    while (found.size() < count) {
      var line = events.readLine();
      if (line == null) {
        throw new AssertionError("the child ended before it told " + begin);
      }
      if (line.startsWith(begin)) {
        found.add(line);
      }
    }
    return found;
  }

  void killHard() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    killHard();
  }

  public static void main(String[] arguments) throws InterruptedException, DockerEngineException {
    var folder = Path.of(arguments[0]);
    var image = RealEngine.image();
    var settings = new DockerSettings(
        folder.resolve("docker"),
        Durability.valueOf(arguments[1]),
        new Ownership(arguments[2]),
        JobResources.within(folder),
        new JobImages(Map.of(), Map.of(), image, ImagePull.Policy.NEVER, Optional.empty()),
        job -> RealEngine.SMALL,
        Map.of());
    var ports = new RunnerPorts(
        new MemoryFiles(),
        new SegmentJobLog(folder.resolve("logs")),
        Clock.systemUTC(),
        new IdSource(new SecureRandom()));
    var engine = DockerEngine.connect(System.getenv(), Duration.ofSeconds(20));
    var runner = DockerRunner.start(engine, settings, ports, DockerChild::tell);
    for (int i = 4; i < arguments.length; i++) {
      runner.run(TestJobs.job(arguments[3]).id(arguments[i]).build());
    }
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
