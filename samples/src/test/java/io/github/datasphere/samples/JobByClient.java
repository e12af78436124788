package io.github.datasphere.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.job.JobStatus;
import java.nio.file.Path;

/** What all programs of {@code samples/clients} are expected to do, each with its own SDK. */
final class JobByClient {
  private static final String CAPITALS = "ONE FISH\nTWO FISH\n";

  private JobByClient() {}

  /**
   * Runs these lines of the README beside a new emulator.
   *
   * @param temporary for the emulator's data
   */
  static void assertRuns(ClientFolder client, String recipe, Path temporary) throws Exception {
    var config = EmulatorConfig.onFreePorts().inDataDir(temporary.resolve("data"));
    var processes = config.with(config.jobs().with(RunnerKind.PROCESS));
    try (var emulator = Emulator.start(processes)) {
      client.leadTo(emulator.addresses());

      var result = client.run(recipe);

      assertThat(result.code()).as("%s", result).isZero();
      assertThat(result.out()).endsWith(CAPITALS);
      assertThat(client.file("upper.txt")).hasContent(CAPITALS);
      assertThat(emulator.jobs()).singleElement().satisfies(job -> {
        assertThat(job.projectId().value()).isEqualTo("bt1anyproject0000000");
        assertThat(job.status()).isEqualTo(JobStatus.SUCCESS);
      });
    }
  }
}
