package io.github.datasphere.emulator.runner.process;

import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.JobRunner;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.RunnerPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A runner of processes that leaves its jobs running when it is closed, for each test. */
abstract class RestartedRunner {
  @TempDir
  Path folder;

  RunnerHarness harness;

  @BeforeEach
  void start() {
    harness = new RunnerHarness(this::runner);
  }

  @AfterEach
  void endAll() {
    if (harness == null) {
      return; // the set-up has failed
    }
    harness.restart(this::runner); // which has been told of no job
    harness.runner().sweep(job -> false);
    await().until(() -> isEmpty(folder.resolve("jobs")));
    harness.close();
  }

  JobRunner runner(RunnerPorts ports, RunnerEvents events) {
    return ProcessRunner.start(
        new ProcessSettings(
            folder.resolve("jobs"),
            Durability.LEFT_AT_CLOSE,
            JobResources.within(folder),
            System.getenv()),
        ports,
        events);
  }

  private static boolean isEmpty(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return true;
    }
    try (var children = Files.list(directory)) {
      return children.findAny().isEmpty();
    }
  }
}
