package io.github.datasphere.emulator.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Run by {@code -Psoak} alone: {@code -Dsoak.minutes=60} for an hour, {@code -Dsoak.seed=N} to
 * repeat its choices. Where a container engine answers and {@code DATASPHERE_EMULATOR_TEST_IMAGE}
 * names an image, every third server runs its jobs there.
 */
@Tag("soak")
@EnabledOnOs(OS.LINUX)
class SoakIT {
  private static final int LONG_SHIFTS = 15;

  private final long seed = Long.getLong("soak.seed", new Random().nextLong());
  private final Duration length = Duration.ofMinutes(Long.getLong("soak.minutes", 60));

  @TempDir
  Path folder;

  @Test
  @Timeout(value = 2, unit = TimeUnit.DAYS)
  void serversThatWorkForLongKeepTheirPromisesAndTakeNoMore() throws Exception {
    var processes = harness(RunnerKind.PROCESS, JobContainers.NONE);
    if (System.getenv("DATASPHERE_EMULATOR_TEST_IMAGE") == null) {
      System.out.println("Without containers: DATASPHERE_EMULATOR_TEST_IMAGE names no image");
      soak(List.of(processes));
      return;
    }
    try (var engine = DockerEngine.connect(System.getenv(), Duration.ofMinutes(1))) {
      soak(List.of(harness(RunnerKind.DOCKER, JobContainers.in(engine)), processes, processes));
    } catch (DockerEngineException e) {
      System.out.println("Without containers: " + e.getMessage());
      soak(List.of(processes));
    }
  }

  private SoakHarness harness(RunnerKind runner, JobContainers containers) throws Exception {
    var own = Files.createDirectories(folder.resolve(runner.name()));
    return new SoakHarness(own, runner, containers, length.dividedBy(LONG_SHIFTS), seed);
  }

  /** Shift by shift in turn, until the time is over or something is broken. */
  private void soak(List<SoakHarness> turns) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    for (int i = 0; System.nanoTime() < end && isWhole(turns); i++) {
      var next = turns.get(i % turns.size());
      next.shift();
      System.out.println(next);
    }
    var broken = new ArrayList<String>();
    for (var one : turns.stream().distinct().toList()) {
      one.end();
      System.out.println("end, " + one);
      broken.addAll(one.broken());
    }
    assertThat(broken).as("seed %d", seed).isEmpty();
  }

  private static boolean isWhole(List<SoakHarness> turns) {
    return turns.stream().allMatch(one -> one.broken().isEmpty());
  }
}
