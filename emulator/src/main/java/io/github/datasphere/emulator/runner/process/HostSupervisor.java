package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.base.ProcessIdentity;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Report;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A supervisor that this emulator started. Its stdin is a lease: when it is closed, the supervisor
 * and its job end.
 */
final class HostSupervisor implements JobControl {
  private static final String PROGRAM = "supervisor.sh";

  private final Process process;
  private final Executor threads;

  private HostSupervisor(Process process, Executor threads) {
    this.process = process;
    this.threads = threads;
  }

  /**
   * Starts a supervisor.
   *
   * @param mark value of {@link Supervisor#MARK} for this run
   * @param inherited variables that only the start of a process can set
   */
  static HostSupervisor start(
      ProcessRunContext context, JobFolder folder, String mark, Map<String, String> inherited)
      throws IOException, PreparationException {
    var program = folder.state(PROGRAM);
    Files.writeString(program, Supervisor.program(Supervisor.Shell.BASH));
    var environment = new HashMap<>(inherited);
    environment.put(Supervisor.MARK, mark);
    // In privileged mode no variable of the environment changes what bash does
    var arguments = List.of(
        "-p", program.toString(), folder.state().toString(), folder.work().toString());
    try {
      var process = context.shell().bash(arguments, environment, folder.state());
      return new HostSupervisor(process, context.parts().threads());
    } catch (IOException e) {
      throw new PreparationException(
          "No process could be started (" + e.getMessage() + "). Jobs need bash in the PATH.", e);
    }
  }

  ProcessIdentity identity() {
    return ProcessIdentity.of(process.pid());
  }

  @Override
  public synchronized void send(byte[] request) throws IOException {
    process.getOutputStream().write(request);
    process.getOutputStream().flush();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public boolean release(Duration patience) throws IOException {
    process.getOutputStream().close();
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Has {@code end} called once the supervisor is gone.
   *
   * @return to be cancelled once that is of no interest any more
   */
  CompletableFuture<Void> onGone(Runnable end) {
    return process.onExit().thenRunAsync(end, threads);
  }

  /**
   * Passes the output of a script on until it ends.
   *
   * @return the supervisor's report; empty if the supervisor is gone
   */
  Optional<Report> copy(Token token, EndMark.Sink out, EndMark.Sink err) throws IOException {
    var errors = CompletableFuture.supplyAsync(
        () -> {
          try {
            return new EndMark(token).copy(process.getErrorStream(), err);
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        threads);
    var report = new EndMark(token).copy(process.getInputStream(), out);
    try {
      return errors.join().isPresent() ? report : Optional.empty();
    } catch (CompletionException e) {
      throw new IOException("the errors of the job cannot be read", e);
    }
  }
}
