package io.github.datasphere.emulator;

import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.datadir.Workspace;
import io.github.datasphere.emulator.server.Exposure;
import io.github.datasphere.emulator.wiring.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The emulator cannot start; the message says why and what to do. */
public final class EmulatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmulatorException(ExplainedException failure) {
    super(failure.getMessage(), failure.getCause());
  }

  /**
   * Makes an emulator on the workspace of this configuration.
   *
   * @throws EmulatorException if it cannot start
   */
  static <E> E started(EmulatorConfig config, Making<E> making) {
    try {
      Exposure.check(config);
      var workspace = Workspace.open(config.storage().dataDir());
      try {
        return making.on(workspace);
      } catch (IOException | RuntimeException | LinkageError e) {
        workspace.close();
        throw e;
      }
    } catch (IOException | UncheckedIOException | ExplainedException | LinkageError e) {
      throw new EmulatorException(StartFailure.of(e, config.storage().dataDir()));
    }
  }

  /** Makes an emulator. */
  @FunctionalInterface
  interface Making<E> {
    E on(Workspace workspace) throws IOException;
  }

  /** Lets callers see the exception of this package alone. */
  static void told(Runnable change) {
    try {
      change.run();
    } catch (ExplainedException e) {
      throw new EmulatorException(e);
    }
  }
}
