package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The supervisor of one job as a process of this machine, on a lease: its stdin. */
final class HostSupervisor {
  private static final String PROGRAM = "supervisor.sh";

  private final JobFolder folder;
  private final Process process;
  private final Executor threads;

  private HostSupervisor(JobFolder folder, Process process, Executor threads) {
    this.folder = folder;
    this.process = process;
    this.threads = threads;
  }

  /**
   * Starts it.
   *
   * @param mark value of {@link Supervisor#MARK} for this run
   * @param inherited variables that only the start of a process can set
   */
  static HostSupervisor start(
      HostShell shell,
      JobFolder folder,
      String mark,
      Map<String, String> inherited,
      Executor threads)
      throws IOException, PreparationException {
    var program = folder.state(PROGRAM);
    Files.writeString(program, Supervisor.program());
    var environment = new HashMap<>(inherited);
    environment.put(Supervisor.MARK, mark);
    // Privileged mode: nothing of that environment changes what the program does
    var arguments = List.of(
        "-p", program.toString(), folder.state().toString(), folder.work().toString());
    try {
      return new HostSupervisor(
          folder, shell.bash(arguments, environment, folder.state()), threads);
    } catch (IOException e) {
      throw new PreparationException(
          "No process could be started: " + e.getMessage() + ". Jobs need bash in the PATH.", e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Sends it a request. Does nothing if it is gone: whoever waits for an answer finds out. */
  synchronized void send(byte[] request) {
    try {
      process.getOutputStream().write(request);
      process.getOutputStream().flush();
    } catch (IOException e) {
      process.destroy();
    }
  }

  /** Has a script carried out; {@link #copy} then gives its output. */
  Token begin(String script, Map<String, String> environment) {
    var token = Token.random();
    send(Supervisor.run(token, Supervisor.Output.STREAMS, script, environment));
    return token;
  }

  /** Writes a script that {@link #begin} can name. */
  void write(String script, String text) throws IOException {
    Files.write(folder.state(script), text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Passes the output of a script on until it ends.
   *
   * @return its exit code; empty if the supervisor is gone
   */
  OptionalInt copy(Token token, EndMark.Sink out, EndMark.Sink err) throws IOException {
    var errors = CompletableFuture.supplyAsync(
        () -> {
          try {
            return new EndMark(token).copy(process.getErrorStream(), err);
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        threads);
    var code = new EndMark(token).copy(process.getInputStream(), out);
    try {
      return errors.join().isPresent() ? code : OptionalInt.empty();
    } catch (CompletionException e) {
      throw new IOException("stderr of the job could not be read", e);
    }
  }

  /** Gives the lease up: it ends all processes of the job, then itself. */
  CompletableFuture<Process> release() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
    return process.onExit();
  }

  void destroy() {
    process.destroyForcibly();
  }
}
