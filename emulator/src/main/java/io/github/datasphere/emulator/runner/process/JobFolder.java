package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.base.OwnerOnly;
import io.github.datasphere.emulator.base.Trees;
import io.github.datasphere.emulator.runner.plan.SandboxPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of one job. It holds the working directory and, beside it, files that are not the
 * program's.
 */
record JobFolder(Path path) {
  /** The directory that stands for {@code /job}. */
  Path work() {
    return path.resolve("job");
  }

  /** Files of the supervisor and of the emulator. */
  Path state() {
    return path.resolve("state");
  }

  Path state(String name) {
    return state().resolve(name);
  }

  Path logs() {
    return path.resolve("logs");
  }

  SandboxPaths layout() {
    return new SandboxPaths(work().toString(), logs().toString());
  }

  /** Makes the directory; removes what an interrupted preparation left. */
  void create() throws IOException {
    delete();
    // The owner alone may read it, since secrets of the job may be put there
    OwnerOnly.createDirectories(path);
    Files.createDirectories(work());
    Files.createDirectories(state());
    Files.createDirectories(logs());
  }

  boolean exists() {
    return Files.exists(path);
  }

  void delete() throws IOException {
    Trees.delete(path);
  }
}
