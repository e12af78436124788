package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.spec.PipOptions;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerContract;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.docker.container.ContainerPaths;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a job gets of its machine, as seen from inside (docs/containers.md). */
class LimitsIT extends RunnerContract {
  @Override
  protected Factory factory() {
    return RealEngine.factory(Durability.LEASED);
  }

  @Test
  void cpuAndMemoryAreThoseOfTheInstanceType() {
    var job =
        job("cd /sys/fs/cgroup; if [ -e cpu.max ]; then cat cpu.max memory.max memory.swap.max"
                + " pids.max; else echo $(cat cpu/cpu.cfs_quota_us) $(cat cpu/cpu.cfs_period_us);"
                + " cat memory/memory.limit_in_bytes; echo 0; cat pids/pids.max; fi")
            .build();

    harness.run(job);

    assertThat(harness.stdout(job))
        .isEqualTo("100000 100000\n" + RealEngine.SMALL.memoryBytes() + "\n0\n32768\n");
  }

  @Test
  void sharedMemoryIsNotDockersOwn() {
    var job = job("df --output=size -B1 /dev/shm | tail -n 1").build();

    harness.run(job);

    assertThat(harness.stdout(job).strip())
        .isEqualTo(Long.toString(RealEngine.SMALL.memoryBytes() / 2));
  }

  @Test
  void jobThatTakesTooMuchMemoryEndsAsSuch() {
    var job = job("python3 -c 'x = bytearray(600 << 20); print(len(x))'").build();

    var ending = harness.run(job);

    assertThat(ending).isInstanceOf(Ending.Exited.class);
    assertThat(((Ending.Exited) ending).returnCode()).isEqualTo(137);
    assertThat(((Ending.Exited) ending).details()).contains("out of memory");
    assertThat(harness.stderr(job)).contains("Killed");
  }

  @Test
  void jobIsRootInItsOwnDirectory() {
    var job =
        job("id -u; pwd; hostname -I > /dev/null; test -w /job && echo mine").build();

    harness.run(job);

    assertThat(harness.stdout(job)).isEqualTo("0\n/job\nmine\n");
  }

  @Test
  void workingStorageIsAVolumeThatHoldsTheFilesOfTheJob() {
    var job = job("cat in.txt; grep -c ' /job ' /proc/mounts; echo out > out")
        .input(harness.file("in.txt", "", "in\n"))
        .output("out", "")
        .workingStorage(1)
        .build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job)).isEqualTo("in\n1\n");
    assertThat(harness.text(harness.output(job))).isEqualTo("out\n");
    assertThat(harness.systemLog(job)).contains("working storage of 1.0 GB");
  }

  @Test
  void jobThatAsksForMoreWorkingStorageThanTheDiskHasRunsWithThatAndIsTold() {
    var job = job("echo ran").workingStorage(1L << 20).build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));

    assertThat(harness.systemLog(job))
        .contains("[ERROR] The job asks for 1.0 PB of working storage")
        .contains(" free: it runs with that");
  }

  @Test
  void jobThatAsksForMoreWorkingStorageThanTheDiskHasIsRefusedWhereSizesAreStrict() {
    var job = job("true").workingStorage(1L << 20).build();

    Ending ending;
    try (var strict = new RunnerHarness(strict())) {
      ending = strict.run(job);
    }

    assertThat(ending).isInstanceOf(Ending.Failed.class);
    assertThat(((Ending.Failed) ending).message())
        .contains("1.0 PB of working storage")
        .contains(" free")
        .contains("--fit clamp");
  }

  private RunnerHarness.Start strict() {
    var plain = RealEngine.settings(folder, Durability.LEASED, JobResources.within(folder));
    var small = RealEngine.SMALL;
    var size = new JobSize(
        small.cpus(), small.memoryBytes(), small.gpus(), small.gpusAsked(), small.asked(), true);
    var settings = new DockerSettings(
        plain.folder(),
        plain.durability(),
        plain.ownership(),
        plain.resources(),
        plain.images(),
        job -> size,
        plain.machine());
    return (ports, events) -> DockerRunner.start(RealEngine.connect(), settings, ports, events);
  }

  @Test
  void downloadsOfPipLieInAVolume() {
    var job = job("grep -c " + ContainerPaths.PIP_CACHE + " /proc/mounts")
        .python(new PythonEnv("", "3.11", List.of("pip"), List.of(), PipOptions.NONE))
        .build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job)).isEqualTo("1\n");
    assertThat(harness.systemLog(job)).contains("Requirement already satisfied: pip");
  }
}
