package io.github.datasphere.emulator.runner.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogContent;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.segment.SegmentJobLog;
import io.github.datasphere.emulator.runner.Durability;
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

/** What becomes of containers when their emulator is killed with SIGKILL. */
class KilledEmulatorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LINES = 200;
  private static final String COUNT = "for i in $(seq " + LINES
      + "); do echo line $i; echo error $i >&2; sleep 0.01; done; printf '\\377\\n'; exit 6";

  @TempDir
  Path folder;

  private final String owner = "test-" + UUID.randomUUID().toString().replace("-", "");
  private DockerEngine engine;

  @BeforeEach
  void connect() {
    RealEngine.image();
    engine = RealEngine.connect();
  }

  @AfterEach
  void removeWhatIsLeft() {
    if (engine == null) {
      return;
    }
    containers()
        .forEach(id -> engine
            .client()
            .removeContainerCmd(id)
            .withForce(true)
            .withRemoveVolumes(true)
            .exec());
    engine.close();
  }

  @Test
  void leasedContainersVanishAndThoseOfOthersStay() throws IOException {
    var other = engine
        .client()
        .createContainerCmd(RealEngine.image())
        .withCmd("sleep", "1000")
        .exec()
        .getId();
    try {
      engine.client().startContainerCmd(other).exec();
      var jobs = IntStream.range(0, 5).mapToObj(i -> "bt1leased" + i).toList();
      var stubborn = "trap '' TERM HUP INT; (setsid sleep 1000 &) ; sleep 1000";
      try (var child = DockerChild.start(folder, Durability.LEASED, owner, stubborn, jobs)) {
        child.await(5, "Started");
        assertThat(containers()).hasSize(5);

        child.killHard();

        await().atMost(PATIENCE).until(() -> containers().isEmpty());
      }
      assertThat(engine.client().inspectContainerCmd(other).exec().getState().getRunning())
          .isTrue();
    } finally {
      engine.client().removeContainerCmd(other).withForce(true).exec();
    }
  }

  @Test
  void durableJobsGoOnAndTheirLogsNeitherLoseNorRepeatALine() throws IOException {
    var jobs = List.of("bt1durable0", "bt1durable1", "bt1durable2");
    try (var child = DockerChild.start(folder, Durability.LEFT_AT_CLOSE, owner, COUNT, jobs)) {
      child.await(3, "Started");
      await().atMost(PATIENCE).until(() -> logged(jobs.get(0)).contains("line 20\n"));
      child.killHard();
    }
    try (var child = DockerChild.start(folder, Durability.LEFT_AT_CLOSE, owner, COUNT, jobs)) {
      assertThat(child.await(3, "Ended")).containsOnly("Ended Exited[returnCode=6, details=]");
    }

    for (var job : jobs) {
      assertThat(logged(job, LogSource.STDOUT)).isEqualTo(lines("line ") + "\uFFFD\n");
      assertThat(logged(job, LogSource.STDERR)).isEqualTo(lines("error "));
    }
  }

  @Test
  void durableJobWhoseContainerVanishedFailsAndSaysSo() throws IOException {
    var jobs = List.of("bt1vanished");
    var wait = "sleep 1000";
    try (var child = DockerChild.start(folder, Durability.LEFT_AT_CLOSE, owner, wait, jobs)) {
      child.await(1, "Started");
      child.killHard();
    }
    containers()
        .forEach(id -> engine.client().removeContainerCmd(id).withForce(true).exec());

    try (var child = DockerChild.start(folder, Durability.LEFT_AT_CLOSE, owner, wait, jobs)) {
      assertThat(child.await(1, "Ended").get(0)).contains("FAILED_PRECONDITION");
    }
  }

  private static String lines(String begin) {
    return IntStream.rangeClosed(1, LINES).mapToObj(i -> begin + i + "\n").collect(joining());
  }

  private String logged(String job) throws IOException {
    return logged(job, LogSource.STDOUT);
  }

  private String logged(String job, LogSource source) throws IOException {
    try (var log = new SegmentJobLog(folder.resolve("logs"));
        var content = new LogContent(log, new JobId(job), source)) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }

  private List<String> containers() {
    return engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(Ownership.OWNER, owner))
        .exec()
        .stream()
        .map(container -> container.getId())
        .toList();
  }
}
