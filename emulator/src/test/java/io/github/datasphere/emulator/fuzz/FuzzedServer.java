package io.github.datasphere.emulator.fuzz;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * A JVM of its own with an emulator in it, which is closed and started again when asked: so no
 * request depends on more than some thousand others, and what an emulator leaves behind is seen.
 */
final class FuzzedServer implements AutoCloseable {
  private static final Pattern TRACE = Pattern.compile("^\\s+at [\\w.$/@]+\\(.*\\)\\s*$");

  /** As {@code start} has it: below, gRPC tells the end of each client with a stack trace. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private final Process process;
  private final BufferedReader answers;
  private final Path log;

  /** Where the emulator of now is. */
  record Ports(String grpc, URI http, String tls, URI proxy) {}

  /** What the JVM holds after the collection of garbage. */
  record Usage(long heapBytes, int threads, long descriptors) {}

  private FuzzedServer(Process process, Path log) {
    this.process = process;
    this.answers = process.inputReader();
    this.log = log;
  }

  static FuzzedServer start(Path folder) throws IOException {
    var log = folder.resolve("server.log");
    var options = List.of("-XX:+UseSerialGC", "-Xmx512m", "-Djava.io.tmpdir=" + folder);
    var process = new ProcessBuilder(ChildJvm.command(options, FuzzedServer.class))
        .redirectError(log.toFile())
        .start();
    return new FuzzedServer(process, log);
  }

  /** Ends the emulator that there is, and starts another. */
  Ports renew() throws IOException {
    var addresses = ask("renew").split(" ");
    return new Ports(
        addresses[0], URI.create(addresses[1]), addresses[2], URI.create(addresses[3]));
  }

  /** Ends the emulator that there is, and measures what is left. */
  Usage idle() throws IOException {
    var figures = ask("idle").split(" ");
    return new Usage(
        Long.parseLong(figures[0]), Integer.parseInt(figures[1]), Long.parseLong(figures[2]));
  }

  /** Lines of stack traces that the server has printed, with the line before each. */
  List<String> traces() throws IOException {
    var found = new ArrayList<String>();
    var before = "";
    for (var line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
      if (TRACE.matcher(line).matches() && !TRACE.matcher(before).matches()) {
        found.add(before + " " + line.strip());
      }
      before = line;
    }
    return found;
  }

  /** What its threads do now. */
  String threads() {
    var program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      var jcmd = new ProcessBuilder(program, Long.toString(process.pid()), "Thread.print")
          .redirectErrorStream(true)
          .start();
      return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  /** Gives the answer to an order; all others wait meanwhile. */
  synchronized String ask(String what) throws IOException {
    var output = process.outputWriter();
    output.write(what + "\n");
    output.flush();
    var answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the server has ended: " + Files.readString(log));
    }
    return answer;
  }

  public static void main(String[] arguments) throws IOException {
    GRPC.setLevel(Level.SEVERE);
    var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Emulator emulator = null;
    for (var order = orders.readLine(); order != null; order = orders.readLine()) {
      if (order.equals("nothing")) {
        System.out.println();
        continue;
      }
      if (emulator != null) {
        emulator.close();
        emulator = null;
      }
      if (order.equals("renew")) {
        var config = EmulatorConfig.onFreePorts();
        emulator = Emulator.start(config.with(config.jobs().with(RunnerKind.SCRIPTED)));
        var at = emulator.addresses();
        System.out.println(String.join(
            " ", at.grpc(), at.http().toString(), at.tls(), at.proxy().toString()));
      } else {
        System.out.println(usage());
      }
    }
  }

  private static String usage() {
    var memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < 3; i++) {
      memory.gc();
    }
    var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return memory.getHeapMemoryUsage().getUsed()
        + " "
        + ManagementFactory.getThreadMXBean().getThreadCount()
        + " "
        + system.getOpenFileDescriptorCount();
  }
}
