package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerContract;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What whoever may ask the engine sees of a job's container. */
class InspectedIT extends RunnerContract {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  protected Factory factory() {
    return RealEngine.factory(Durability.LEASED);
  }

  @Test
  void nothingSecretOfAJobStandsInItsContainersDescription() throws Exception {
    var job =
        job("printenv MY-SECRET TOKEN; sleep 1000").var("PLAIN", "plain value").build();
    harness.start(job);
    await().atMost(PATIENCE).until(() -> harness.stdout(job).contains("line two\n"));

    var described = description(job.id().value());
    harness.runner().kill(job.id());
    harness.awaitEnd(job.id());

    assertThat(harness.stdout(job)).isEqualTo("s3cr3t \"quoted\"\nline one\nline two\n");
    assertThat(described)
        .contains("supervisor")
        .doesNotContain("s3cr3t", "MY-SECRET", "line one", "t1.agent", "plain value");
  }

  private static String description(String job) throws JsonProcessingException {
    try (var engine = RealEngine.connect()) {
      var client = engine.client();
      var id = client
          .listContainersCmd()
          .withLabelFilter(Map.of(Ownership.JOB, job))
          .exec()
          .get(0)
          .getId();
      return new ObjectMapper()
          .writeValueAsString(client.inspectContainerCmd(id).exec());
    }
  }
}
