package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.docker.swarm.NodeGpus;
import io.github.datasphere.emulator.job.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * GPUs that a node lends out. They are names alone: a program that does nothing takes the place of
 * NVIDIA's, which would make the devices visible that the engine names to it.
 */
@Isolated("it restarts an engine that other tests use")
class SwarmGpusIT extends SwarmTrouble {
  private static final int WITH_GPUS = 2;
  private static final String SHOW =
      "tr '\\0' '\\n' < /proc/1/environ | grep NVIDIA_VISIBLE; sleep 1000";

  @TempDir
  Path programs;

  SwarmGpusIT() {
    cpus = 0.25;
    gpus = 1;
  }

  @BeforeEach
  void lendGpus() throws IOException {
    var hook = Files.writeString(
        programs.resolve("nvidia-container-runtime-hook"), "#!/bin/sh\ncat > /dev/null\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        options(),
        "--node-generic-resource NVIDIA-GPU=GPU-a --node-generic-resource NVIDIA-GPU=GPU-b"
            + " --node-generic-resource disk=4 --add-runtime nvidia=runc\n");
    restart(programs + ":" + System.getenv("PATH"), new NodeGpus("NVIDIA-GPU", 2));
  }

  @AfterEach
  void lendNoGpus() throws IOException {
    if (jobs == null) {
      return;
    }
    Files.deleteIfExists(options());
    restart(System.getenv("PATH"), NodeGpus.NONE);
  }

  private static Path options() {
    return RealSwarm.folder().resolve(WITH_GPUS + "/options");
  }

  private void restart(String path, NodeGpus expected) throws IOException {
    RealSwarm.signal(WITH_GPUS, "KILL");
    RealSwarm.start(WITH_GPUS, path);
    await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
      try (var engines = RealSwarm.engines()) {
        assertThat(engines.largest().gpus()).isEqualTo(expected.count());
      }
    });
    jobs.restart(this::runner);
  }

  @Test
  void eachJobGetsAGpuOfItsOwnAndTheNextWaits() throws IOException {
    var first = jobs.start(job("first", SHOW));
    var second = jobs.start(job("second", SHOW));
    jobs.awaitStdout(first, "NVIDIA");
    jobs.awaitStdout(second, "NVIDIA");

    assertThat(node(first)).isEqualTo(WITH_GPUS);
    assertThat(node(second)).isEqualTo(WITH_GPUS);
    assertThat(jobs.stdout(first) + jobs.stdout(second))
        .contains("NVIDIA_VISIBLE_DEVICES=GPU-a\n", "NVIDIA_VISIBLE_DEVICES=GPU-b\n");
    assertThat(jobs.systemLog(first)).contains("with the GPUs GPU-");

    var third = job("third", SHOW);
    jobs.runner().run(third);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(jobs.systemLog(third)).contains("Waiting for a place"));
    jobs.runner().release(first.id());
    jobs.awaitStdout(third, "NVIDIA");
    assertThat(jobs.stdout(third)).isEqualTo(jobs.stdout(first));
  }

  @Test
  void jobGetsAsManyAsItAsksFor() {
    gpus = 2;
    var job = jobs.start(job("both", SHOW));
    jobs.awaitStdout(job, "NVIDIA");

    assertThat(jobs.stdout(job)).contains("GPU-a", "GPU-b");
  }

  @Test
  void jobWithoutGpusTakesNone() {
    gpus = 0;

    assertThat(jobs.run(job("none", "tr '\\0' '\\n' < /proc/1/environ | grep -c NVIDIA")))
        .isEqualTo(new Ending.Exited(1, ""));
  }

  @Test
  void moreGpusThanAnyNodeLendsAreRefusedAndTheNodeWithMostNamed() {
    gpus = 3;

    assertThat(jobs.run(job("greedy", "true")).toString())
        .contains("No node of the swarm can ever hold the job", "3 GPUs", "The largest, node2, has")
        .contains("2 GPUs");
  }
}
