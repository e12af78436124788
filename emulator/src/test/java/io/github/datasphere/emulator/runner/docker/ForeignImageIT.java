package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.TestJobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images for another processor than the engine's machine has (service-behaviour 10.10). */
class ForeignImageIT {
  private static final int HEADER = 64;
  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F', 2, 1, 1};
  private static final short EXECUTABLE = 2;

  /** Z80: nobody's engine. */
  private static final short OTHER_MACHINE = 220;

  @TempDir
  Path folder;

  private DockerEngine engine;
  private RunnerHarness harness;

  @BeforeEach
  void connect() {
    engine = RealEngine.connect();
  }

  @AfterEach
  void close() {
    if (harness != null) {
      harness.close();
    }
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void imageThatSaysSoIsRefusedWithBothNames() throws IOException {
    var machine = engine.facts().architecture();
    try (var image = image("foreign", "s390x")) {
      var ending = run(Durability.LEASED, job("true"), image);

      assertFailed(
          ending, "made for s390x", "machine is " + machine, "exec format", "a tag for " + machine);
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void programsOfAnotherProcessorAreFoundOutByTheWordsOfTheKernel(Durability durability)
      throws IOException {
    try (var image = image("mislabelled", engine.facts().architecture())) {
      assertFailed(run(durability, job("true"), image), "another processor", "exec format error");
    }
  }

  @Test
  void theyAreFoundOutAlsoWhereFilesHaveToGoIn() throws IOException {
    try (var image = image("mislabelled-too", engine.facts().architecture())) {
      runner(Durability.LEASED);
      var job = job("cat in.txt").input(harness.file("in.txt", "", "in\n"));

      assertFailed(run(job, image), "another processor", "exec format error");
    }
  }

  private HandMadeImage image(String name, String architecture) throws IOException {
    var program = ByteBuffer.allocate(2 * HEADER).order(ByteOrder.LITTLE_ENDIAN);
    program.put(MAGIC).position(16).putShort(EXECUTABLE).putShort(OTHER_MACHINE);
    return new HandMadeImage(
        engine, name, architecture, Map.of("bin/bash", program.array(), "bin/sh", program.array()));
  }

  private Ending run(Durability durability, TestJobs job, HandMadeImage image) {
    runner(durability);
    return run(job, image);
  }

  private Ending run(TestJobs job, HandMadeImage image) {
    var built = job.image(new DockerImage.Registry(image.name(), "", null)).build();
    try {
      return harness.run(built);
    } finally {
      harness.runner().release(built.id());
    }
  }

  private void runner(Durability durability) {
    var settings = RealEngine.settings(folder, durability, JobResources.within(folder));
    harness = new RunnerHarness(
        (ports, events) -> DockerRunner.start(RealEngine.connect(), settings, ports, events));
  }

  private static void assertFailed(Ending ending, String... words) {
    assertThat(ending).isInstanceOf(Ending.Failed.class);
    assertThat(((Ending.Failed) ending).code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    assertThat(((Ending.Failed) ending).message()).contains(words);
  }
}
