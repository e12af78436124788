package io.github.datasphere.junit.bench;

import static io.github.datasphere.junit.EmulatorAssertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.junit.DataSphereEmulator;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;

/**
 * A class of 200 tests as users write them: each creates and executes a job, lets time pass,
 * downloads the result and asserts. Not run by the build, but by {@link SampleRun}.
 */
@DataSphereEmulator(strict = true)
class SampleClass {
  static final int TESTS = 200;

  @RepeatedTest(TESTS)
  void theModelIsDownloadedOnceTrainingIsOver(Emulator emulator, ProjectJobServiceBlockingStub jobs)
      throws IOException {
    emulator
        .whenExecuted(job -> job.name().equals("train"))
        .thenRun(script ->
            script.stdout("epoch 1\n").lasts(Duration.ofHours(5)).writes("model", "weights"));

    var id = Peers.create(jobs, "train", "model");
    Peers.execute(jobs, id);
    emulator.clock().advance(Duration.ofHours(5));

    assertThat(emulator).jobNamed("train").hasStatus(JobStatus.SUCCESS);
    var url = Peers.firstUrl(Peers.execute(jobs, id));
    try (var content = URI.create(url).toURL().openStream()) {
      org.assertj.core.api.Assertions.assertThat(content).hasContent("weights");
    }
  }
}
