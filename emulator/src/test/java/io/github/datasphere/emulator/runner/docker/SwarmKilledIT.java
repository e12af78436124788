package io.github.datasphere.emulator.runner.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogContent;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.segment.SegmentJobLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs in a swarm when their emulator is killed with SIGKILL. */
class SwarmKilledIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int LINES = 300;
  private static final String COUNT =
      "for i in $(seq " + LINES + "); do echo line $i; echo error $i >&2; sleep 0.01; done; exit 6";

  @TempDir
  Path folder;

  private final String owner = "test-" + UUID.randomUUID().toString().replace("-", "");

  @BeforeEach
  void skipWithoutSwarm() throws IOException {
    RealSwarm.equipped();
  }

  @AfterEach
  void removeWhatIsLeft() throws IOException {
    if (System.getenv("DATASPHERE_EMULATOR_TEST_SWARM") == null) {
      return;
    }
    try (var none = SwarmChild.start(folder, owner, COUNT, List.of())) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(left()).isZero());
    }
  }

  @Test
  void jobsGoOnAndTheirLogsNeitherLoseNorRepeatALine() throws IOException {
    var jobs = List.of("bt1durable0", "bt1durable1", "bt1durable2");
    try (var child = SwarmChild.start(folder, owner, COUNT, jobs)) {
      child.await(3, "Started");
      await()
          .atMost(PATIENCE)
          .until(() -> logged(jobs.get(0), LogSource.STDOUT).contains("line 20\n"));
      child.killHard();
    }
    assertThat(left()).isPositive();

    try (var child = SwarmChild.start(folder, owner, COUNT, jobs)) {
      assertThat(child.await(3, "Ended")).containsOnly("Ended Exited[returnCode=6, details=]");
    }

    for (var job : jobs) {
      assertThat(logged(job, LogSource.STDOUT)).isEqualTo(lines("line "));
      assertThat(logged(job, LogSource.STDERR)).isEqualTo(lines("error "));
    }
  }

  private static String lines(String begin) {
    return IntStream.rangeClosed(1, LINES).mapToObj(i -> begin + i + "\n").collect(joining());
  }

  private String logged(String job, LogSource source) throws IOException {
    try (var log = new SegmentJobLog(folder.resolve("logs"));
        var content = new LogContent(log, new JobId(job), source)) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }

  /** How many services and containers of ours there are. */
  private int left() throws DockerEngineException {
    int count = 0;
    for (int i = 1; i <= RealSwarm.size(); i++) {
      try (var engine = RealSwarm.engine(i)) {
        var ours = Map.of(Ownership.OWNER, owner);
        var client = engine.client();
        count += client
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(ours)
            .exec()
            .size();
        count +=
            i > 1 ? 0 : client.listServicesCmd().withLabelFilter(ours).exec().size();
      }
    }
    return count;
  }
}
