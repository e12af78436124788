package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerContract;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What GPUs do, from an nvidia-smi that a job itself brings: no machine needs a GPU for that. */
class GpuStatsIT extends RunnerContract {
  private static final String FAKE =
      "for o; do case $o in --loop=1) ;; --query-gpu=index,name,*) ;;"
          + " --format=csv,noheader,nounits) ;; *) exit 2 ;; esac; done;"
          + " while echo '0, Tesla T4, 35, 1024, 15360, 45'; do sleep 1; done";

  private static final String WITH_NVIDIA_SMI = "b1gwithnvidiasmi0000";
  private static DerivedImage image;

  private final JobSize size = new JobSize(1, 256L << 20, 0, 1, "4 vCPU, 16 GiB, 1 x T4", false);

  @Override
  protected Factory factory() {
    return (folder, resources, ports, events) -> {
      var settings = new DockerSettings(
          folder.resolve("docker"),
          Durability.LEASED,
          new Ownership("test-" + UUID.randomUUID().toString().replace("-", "")),
          resources,
          RealEngine.images(Map.of(WITH_NVIDIA_SMI, image.name())),
          job -> size,
          Map.of());
      return DockerRunner.start(RealEngine.connect(), settings, ports, events);
    };
  }

  @BeforeAll
  static void makeTheImage() {
    var write =
        "printf '#!/bin/bash\\n%s\\n' \"$0\" > /usr/bin/nvidia-smi; chmod +x /usr/bin/nvidia-smi";
    image = new DerivedImage("nvidia-smi", List.of("bash", "-c", write, FAKE));
  }

  @AfterAll
  static void removeTheImage() throws DockerEngineException {
    if (image != null) {
      image.close();
    }
  }

  @Test
  void rowsComeOnceASecondAndBecomeAFile() {
    var job = job("sleep 1000").image(new DockerImage.Resource(WITH_NVIDIA_SMI)).build();
    harness.start(job);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> harness.logged(job, LogSource.GPU_STATS).lines().count() >= 3);
    harness.runner().kill(job.id());
    assertThat(harness.awaitEnd(job.id())).isEqualTo(new Ending.Exited(137, ""));

    var files = harness.collect(job).diagnosticFiles();

    assertThat(files)
        .extracting(file -> file.desc().path())
        .containsExactly("docker_stats.tsv", "gpu_stats.tsv");
    assertThat(harness.text(files.get(1)))
        .startsWith(GpuWatch.HEADER)
        .contains("Z\t0\tTesla T4\t35\t1024\t15360\t45\n");
  }

  @Test
  void jobWithoutNvidiaSmiGoesOnWithoutRows() {
    var job = job("sleep 1").build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.logged(job, LogSource.GPU_STATS)).isEmpty();
  }
}
