package io.github.datasphere.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.jobs.JobStatus;
import java.util.List;

/** What all programs of {@code samples/clients} are expected to do, each with its own SDK. */
final class JobByClient {
  private static final String CAPITALS = "ONE FISH\nTWO FISH\n";

  private JobByClient() {}

  /** Runs these lines of docs/sdks.md beside a new emulator. */
  static void assertRuns(ClientFolder client, String recipe) throws Exception {
    try (var emulator = start()) {
      client.leadTo(emulator.addresses());
      assertRuns(client, recipe, emulator);
    }
  }

  /**
   * Runs these lines beside a new emulator, to which no variable leads: the program itself is
   * changed as docs/sdks.md says.
   *
   * @param changes lines of the program, with the page's names for addresses
   */
  static void assertRunsChanged(
      ClientFolder client, String program, List<String> changes, String recipe) throws Exception {
    try (var emulator = start()) {
      var addresses = emulator.addresses();
      client.change(
          program,
          changes.stream()
              .map(line -> line.replace("EMULATOR_TLS", quoted(addresses.tls()))
                  .replace("EMULATOR_CA", quoted(addresses.certificate()))
                  .replace("EMULATOR_GRPC", quoted(addresses.grpc())))
              .toList());
      assertRuns(client, recipe, emulator);
    }
  }

  /** What these lines say beside a new emulator. */
  static ClientFolder.Result run(ClientFolder client, String recipe) throws Exception {
    try (var emulator = start()) {
      client.leadTo(emulator.addresses());
      return client.run(recipe);
    }
  }

  private static Emulator start() {
    var config = EmulatorConfig.onFreePorts();
    return Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)));
  }

  private static String quoted(Object address) {
    return '"' + address.toString() + '"';
  }

  private static void assertRuns(ClientFolder client, String recipe, Emulator emulator)
      throws Exception {
    var result = client.run(recipe);

    assertThat(result.code()).as("%s", result).isZero();
    assertThat(result.out()).endsWith(CAPITALS);
    assertThat(client.file("upper.txt")).hasContent(CAPITALS);
    assertThat(emulator.jobs()).singleElement().satisfies(job -> {
      assertThat(job.getProjectId()).isEqualTo("bt1anyproject0000000");
      assertThat(job.getStatus()).isEqualTo(JobStatus.SUCCESS);
    });
  }
}
