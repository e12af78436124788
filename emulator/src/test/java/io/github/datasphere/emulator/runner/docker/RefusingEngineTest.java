package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.FakeEngine;
import io.github.datasphere.emulator.docker.ImagePull;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs on an engine that answers all questions and makes no container. */
class RefusingEngineTest {
  private static final String IMAGE = "tool:1";

  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | mkdir /var/lib/docker/overlay2/1: no space left on device | docker system prune",
        "403 | authorization denied by plugin opa: not for you | for the right, or point DOCKER_HOST",
        "404 | network bridge not found | sudo systemctl restart docker"
      })
  void jobEndsWithTheEnginesWordsAndWhatToDo(int status, String words, String remedy)
      throws Exception {
    try (var fake = FakeEngine.start()) {
      fake.isVersion("27.3.1", "1.47")
          .says("/info", 200, "{\"NCPU\": 8}")
          .says("/images/" + IMAGE + "/json", 200, "{\"Id\": \"sha256:1\", \"Config\": {}}")
          .says("/containers/create", status, "{\"message\": \"" + words + "\"}");
      var engine = DockerEngine.connect(Map.of("DOCKER_HOST", fake.host()), Duration.ofMinutes(1));
      try (var harness = new RunnerHarness(
          (ports, events) -> DockerRunner.start(engine, settings(), ports, events))) {
        var ending = harness.run(job("true").build());

        assertThat(ending).isInstanceOf(Ending.Failed.class);
        assertThat(((Ending.Failed) ending).message())
            .contains("The container of the job could not be started: " + words, remedy)
            .doesNotContain("Exception");
      }
    }
  }

  private DockerSettings settings() {
    return new DockerSettings(
        folder.resolve("docker"),
        Durability.LEASED,
        new Ownership("test-refused"),
        JobResources.within(folder),
        new JobImages(Map.of(), Map.of(), IMAGE, ImagePull.Policy.NEVER, Optional.empty()),
        job -> RealEngine.SMALL,
        Map.of());
  }
}
