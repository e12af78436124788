package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.logs.segment.SegmentJobLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A runner with jobs in a JVM of its own, to be killed. */
public final class RunnerChild implements AutoCloseable {
  private final Process process;
  private final BufferedReader events;

  private RunnerChild(Process process) {
    this.process = process;
    this.events = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts the main method of a class, which calls {@link #tell} for each event of its runner. */
  public static RunnerChild start(Class<?> main, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    var options = new ArrayList<>(jvmOptions);
    options.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    var command = ChildJvm.command(options, main);
    command.addAll(arguments);
    return new RunnerChild(new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  /** Returns what a runner in the child works with; logs are kept in the folder. */
  public static RunnerPorts ports(Path folder) {
    return new RunnerPorts(
        new MemoryFiles(),
        new SegmentJobLog(folder.resolve("logs")),
        Clock.systemUTC(),
        new IdSource(new SecureRandom()));
  }

  /** Prints an event of the child's runner for {@link #await}. */
  public static void tell(RunnerEvent event) {
    if (event instanceof RunnerEvent.Started) {
      System.out.println("Started");
    } else if (event instanceof RunnerEvent.Ended ended) {
      System.out.println("Ended " + ended.ending());
    }
  }

  /** Reads events until one begins like this; the whole line. */
  public String await(String begin) throws IOException {
    return await(1, begin).get(0);
  }

  /** Reads events until so many begin like this. */
  public List<String> await(int count, String begin) throws IOException {
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

  /** Kills it at once, and returns when it is gone. */
  public void killHard() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    killHard();
  }
}
