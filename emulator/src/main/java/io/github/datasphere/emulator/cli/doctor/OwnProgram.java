package io.github.datasphere.emulator.cli.doctor;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A program that ends with this command. A command may be stopped at any moment, also while it
 * starts the program: then the program is either not started or ended.
 */
final class OwnProgram implements AutoCloseable {
  private final Thread hook = new Thread(this::end);
  private @Nullable Process process;
  private boolean ended;

  /**
   * Starts it, once.
   *
   * @throws IOException if it cannot be started, or if this command is being stopped
   */
  Process start(ProcessBuilder builder) throws IOException {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      throw stopped();
    }
    return started(builder);
  }

  private synchronized Process started(ProcessBuilder builder) throws IOException {
    if (ended) {
      throw stopped();
    }
    var fresh = builder.start();
    process = fresh;
    return fresh;
  }

  private static IOException stopped() {
    return new IOException("this command is being stopped");
  }

  /** Ends it with the programs that it has started. From now on it cannot be started. */
  synchronized void end() {
    ended = true;
    var open = process;
    if (open != null) {
      var others = open.descendants().toList();
      open.destroyForcibly();
      others.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Lets go of the program, which has ended. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The command is being stopped, and the hook runs
    }
  }
}
