package io.github.datasphere.emulator.cli.process;

import io.github.datasphere.emulator.base.UserEnvironment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A user's program that runs with the client variables, on our own standard streams. */
public final class ClientProcess {
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private final CompletableFuture<Process> process = new CompletableFuture<>();
  private final StopRequests requests = new StopRequests(System::nanoTime);
  private final @Nullable GroupSignals bystander = GroupSignals.start();

  /** Listens before the program is started, since that may send us a signal at once. */
  private final Signals signals = Signals.listen(List.of("INT", "TERM", "HUP"), this::passOn);

  private ClientProcess() {}

  /**
   * Starts it.
   *
   * @throws CommandFailure with the exit code that a shell would give, if it cannot be started
   */
  public static ClientProcess start(List<String> command, Map<String, String> variables)
      throws CommandFailure {
    var builder = new ProcessBuilder(command).inheritIO();
    UserEnvironment.restore(builder.environment());
    builder.environment().putAll(variables);
    var client = new ClientProcess();
    try {
      client.process.complete(builder.start());
      return client;
    } catch (IOException e) {
      client.close();
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

  /**
   * Waits for the exit code; 128 + n if signal n ended the program. Signals that come meanwhile are
   * passed on, unless the program got them itself.
   */
  public int await() throws InterruptedException {
    try {
      return process.join().waitFor();
    } finally {
      close();
    }
  }

  private void close() {
    signals.close();
    if (bystander != null) {
      bystander.close();
    }
  }

  /**
   * Passes signals on one after another: if two are one request, the second finds that the first
   * was handled.
   */
  private synchronized void passOn(String signal) {
    boolean isEcho = requests.isEcho(signal);
    boolean isStarted = process.isDone();
    // Ask each time, so that each answer is about the signals since the last one
    boolean isForAll = bystander != null && bystander.heard(signal);
    if (!isEcho && !(isForAll && isStarted)) {
      send(signal, process.join());
    }
  }

  private static void send(String signal, Process process) {
    try {
      new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid())).start();
    } catch (IOException e) {
      process.destroy();
    }
  }
}
