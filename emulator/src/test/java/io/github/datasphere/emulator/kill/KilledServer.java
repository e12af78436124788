package io.github.datasphere.emulator.kill;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A server in a JVM of its own, with a data directory. */
final class KilledServer {
  private final Process process;
  private final String address;

  private KilledServer(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Returns when it serves. */
  static KilledServer start(Path dataDir) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process = new ProcessBuilder(List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledServer.class.getName(),
            dataDir.toString()))
        .redirectError(ProcessBuilder.Redirect.appendTo(new File(dataDir + ".log")))
        .start();
    var address = process.inputReader().readLine();
    if (address == null) {
      throw new AssertionError("the server did not start: see " + dataDir + ".log");
    }
    return new KilledServer(process, address);
  }

  String address() {
    return address;
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** As after Ctrl+C. */
  void stop() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }

  public static void main(String[] arguments) throws IOException {
    var config = EmulatorConfig.onFreePorts().inDataDir(Path.of(arguments[0]));
    try (var emulator = Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)))) {
      System.out.println(emulator.addresses().grpc());
      while (System.in.read() >= 0) {}
    }
  }
}
