package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  @TempDir
  Path dataDir;

  @Test
  void aJobItsOperationAndItsLogAreThereAfterARestart() {
    String id;
    String operation;
    try (var emulator = Emulator.inProcess(config());
        var client = new TestClient(emulator.channel())) {
      id = client.create(JobParameters.newBuilder().setCmd("echo hello"), "kept");
      operation = client.executeCreated(id).getId();
      awaitEnd(client, id);
    }
    try (var emulator = Emulator.inProcess(config());
        var client = new TestClient(emulator.channel())) {
      assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
      assertThat(client.executeCreated(id).getId()).isEqualTo(operation);
      assertThat(printed(client, id)).contains("hello");
    }
  }

  @Test
  void aJobThatRunsAtTheEndOfTheServerIsTakenUpByTheNext() {
    String id;
    try (var emulator = Emulator.inProcess(config());
        var client = new TestClient(emulator.channel())) {
      id = client.create(JobParameters.newBuilder().setCmd("sleep 2; echo survived"), "runs");
      client.executeCreated(id);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> client.get(id).getStatus() == JobStatus.EXECUTING);
    }
    try (var emulator = Emulator.inProcess(config());
        var client = new TestClient(emulator.channel())) {
      awaitEnd(client, id);
      assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
      assertThat(printed(client, id)).containsOnlyOnce("survived");
    }
  }

  @Test
  void aSecondCloseWhileAJobGoesOnDoesNothing() {
    String id;
    try (var emulator = Emulator.inProcess(config());
        var client = new TestClient(emulator.channel())) {
      id = client.create(JobParameters.newBuilder().setCmd("sleep 2"), "runs");
      client.executeCreated(id);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> client.get(id).getStatus() == JobStatus.EXECUTING);

      emulator.close();
    }
    try (var emulator = Emulator.inProcess(config());
        var client = new TestClient(emulator.channel())) {
      awaitEnd(client, id);
      assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
    }
  }

  @Test
  void aSecondEmulatorOnTheSameDirectoryIsRefused() {
    try (var emulator = Emulator.inProcess(config())) {
      assertThat(emulator.jobs()).isEmpty();
      assertThatThrownBy(() -> Emulator.inProcess(config()))
          .isInstanceOf(EmulatorException.class)
          .hasMessageContaining("--data-dir");
    }
  }

  private EmulatorConfig config() {
    var config = EmulatorConfig.onFreePorts().inDataDir(dataDir);
    return config.with(config.jobs().with(RunnerKind.PROCESS));
  }

  private static void awaitEnd(TestClient client, String id) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(client.get(id)).matches(Job::hasFinishedAt, "has ended"));
  }

  private static String printed(TestClient client, String id) {
    var text = new StringBuilder();
    client
        .jobs
        .readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(id).build())
        .forEachRemaining(message ->
            message.getLogsList().forEach(log -> text.append(log.getContent().toStringUtf8())));
    return text.toString();
  }
}
