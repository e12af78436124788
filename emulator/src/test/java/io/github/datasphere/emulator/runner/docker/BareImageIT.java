package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Images that lack what a supervisor would like: no job succeeds for that, and the lack is named.
 */
class BareImageIT extends RunnerContract {
  @Override
  protected Factory factory() {
    return RealEngine.factory(Durability.LEASED);
  }

  @Test
  void bashAloneRunsACommand() throws DockerEngineException {
    var programs = List.of("rm", "/bin/cat", "/bin/mv", "/bin/sleep", "/bin/mkfifo", "/bin/rm");
    try (var image = new DerivedImage("bash-alone", programs)) {
      var job = of(image);

      assertThat(harness.run(job)).isEqualTo(new Ending.Exited(3, ""));
      assertThat(harness.stdout(job)).isEqualTo("hi\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rm /bin/mkdir, no mkdir",
    "rm -r /var/lib && touch /var/lib, /var/lib/datasphere-emulator",
    "rm /bin/bash /bin/sleep, no sleep",
    "rm /bin/bash /bin/cat, no cat",
    "rm /bin/bash /bin/mkfifo, no mkfifo",
    "rm /bin/bash /usr/bin/env, no env"
  })
  void whatIsMissingIsNamed(String change, String word) throws DockerEngineException {
    try (var image = new DerivedImage("bare", List.of("sh", "-c", change))) {
      assertThat(harness.run(of(image)))
          .isInstanceOfSatisfying(
              Ending.Failed.class,
              failed -> assertThat(failed.message()).contains("in its image").contains(word));
    }
  }

  private static Job of(DerivedImage image) {
    return job("echo hi; exit 3")
        .image(new DockerImage.Registry(image.name(), "", null))
        .build();
  }
}
