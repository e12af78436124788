package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.runner.JobResources.Folders;
import io.github.datasphere.emulator.runner.JobResources.S3Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The ground on which the contract of runners of real jobs stands. */
public abstract class RunnerContract {
  protected static final String DATASET = "bt12tlsc3nkt2opg2h61";
  protected static final String CONNECTOR = "bt1connector00000001";

  @TempDir
  protected Path folder;

  protected RunnerHarness harness;

  /** Makes a runner. */
  @FunctionalInterface
  public interface Factory {
    JobRunner start(Path folder, JobResources resources, RunnerPorts ports, RunnerEvents events);
  }

  protected abstract Factory factory();

  @BeforeEach
  void startTheRunner() throws IOException {
    Files.createDirectories(folder.resolve("set"));
    Files.writeString(folder.resolve("set/part.txt"), "of the dataset\n");
    Files.createDirectories(folder.resolve("bucket"));
    harness = new RunnerHarness(this::start);
  }

  @AfterEach
  void closeTheRunner() {
    if (harness != null) { // there was what it needs
      harness.close();
    }
  }

  protected final JobRunner start(RunnerPorts ports, RunnerEvents events) {
    return factory().start(folder, resources(), ports, events);
  }

  /** A small limit, so that tests can go beyond it. */
  protected JobResources resources() {
    var plain = JobResources.within(folder);
    var folders = plain.folders();
    return new JobResources(
        Map.of("MY-SECRET", "s3cr3t \"quoted\"", "TOKEN", "line one\nline two"),
        new Folders(
            Map.of(DATASET, folder.resolve("set")),
            Map.of(CONNECTOR, new S3Folder(folder.resolve("bucket"), true)),
            Map.of(),
            folders.projectDisks(),
            folders.outputDatasets(),
            folders.pipCache()),
        "t1.agent",
        Map.of(),
        new JobLimits(20 << 20, 20 << 20));
  }
}
