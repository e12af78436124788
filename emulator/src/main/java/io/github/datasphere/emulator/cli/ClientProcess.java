package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.UserEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A user's program that runs with the client variables, on our own standard streams. */
final class ClientProcess {
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private static final Path STATUS = Path.of("/proc/self/stat");

  private final CompletableFuture<Process> process = new CompletableFuture<>();

  /** Heard from before the program is started: it may ask for one at once. */
  private final Signals signals = Signals.listen(List.of("INT", "TERM", "HUP"), this::passOn);

  private ClientProcess() {}

  /**
   * Starts it.
   *
   * @throws CommandFailure with the exit code that a shell would give, if it cannot be started
   */
  static ClientProcess start(List<String> command, Map<String, String> variables)
      throws CommandFailure {
    var builder = new ProcessBuilder(command).inheritIO();
    UserEnvironment.restore(builder.environment());
    builder.environment().putAll(variables);
    var client = new ClientProcess();
    try {
      client.process.complete(builder.start());
      return client;
    } catch (IOException e) {
      client.signals.close();
      var text = String.valueOf(e.getMessage());
      var missing = text.contains("error=2,");
      throw new CommandFailure(
          missing ? NOT_FOUND : NOT_EXECUTABLE,
          "cannot run "
              + command.get(0)
              + (missing ? ": no such command; is it on the PATH?" : ": " + text)
              + (text.contains("error=13,") ? "; make it executable with chmod +x" : ""));
    }
  }

  /** Its exit code; 128 + n if signal n ended it. Signals that come until then are passed on. */
  int await() throws InterruptedException {
    try (signals) {
      return process.join().waitFor();
    }
  }

  private void passOn(String signal) {
    if (signal.equals("INT") && isInForeground()) {
      // The terminal has sent it to the whole group, the program included; a second one would
      // mean something else to it.
      return;
    }
    send(signal, process.join());
  }

  private static void send(String signal, Process process) {
    try {
      new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid())).start();
    } catch (IOException e) {
      process.destroy();
    }
  }

  /** Whether our process group is the one that a terminal's keys reach. */
  private static boolean isInForeground() {
    try {
      var groups = Files.exists(STATUS) ? groupsFromStatus() : groupsFromPs();
      return groups.length == 2 && groups[0].equals(groups[1]);
    } catch (IOException e) {
      return false;
    }
  }

  private static String[] groupsFromStatus() throws IOException {
    var status = Files.readString(STATUS);
    // The name in parentheses may hold anything: fields are counted after it. They are state,
    // parent, group, session, terminal, the terminal's foreground group.
    var fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
    return new String[] {fields[2], fields[5]};
  }

  private static String[] groupsFromPs() throws IOException {
    var self = Long.toString(ProcessHandle.current().pid());
    var ps = new ProcessBuilder("ps", "-o", "pgid=,tpgid=", "-p", self).start();
    return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
        .strip()
        .split("\\s+");
  }
}
