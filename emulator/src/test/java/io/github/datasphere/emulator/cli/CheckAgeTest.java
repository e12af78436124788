package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.TestClient;
import io.github.datasphere.emulator.session.SessionReader;
import io.github.datasphere.proto.jobs.JobParameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first line of a recording tells its age and whose calls it has. */
class CheckAgeTest {
  @TempDir
  Path folder;

  @Test
  void anOldRecordingOfTheServiceIsToldAndIsStillGood() throws Exception {
    record("2020-01-01T00:00:00Z");
    var line = folder.resolve("recording").resolve(SessionReader.EVENTS);
    var text = Files.readString(line);
    Files.writeString(
        line, text.replaceFirst("\"source\": \"emulator\"", "\"source\": \"service\""));
    var shell = new Shell(folder);

    assertThat(shell.run("check", "recording")).as(shell.out()).isZero();
    assertThat(shell.err()).containsPattern("is \\d{4} days old");
    assertThat(text.lines().findFirst().orElseThrow())
        .contains("\"recorded_at\": \"2020-01-01T00:00:00Z\"", "\"clients\": [\"grpc-java-");
  }

  @Test
  void anOldRecordingOfAnEmulatorIsAsGoodAsEver() {
    record("2020-01-01T00:00:00Z");
    var shell = new Shell(folder);

    assertThat(shell.run("check", "recording")).as(shell.out()).isZero();
    assertThat(shell.err()).isEmpty();
  }

  private void record(String time) {
    try (var emulator = Emulator.inProcess();
        var client = new TestClient(emulator.channel())) {
      emulator.clock().setTo(Instant.parse(time));
      client.get(client.create(JobParameters.newBuilder().setCmd("true"), "old"));
      emulator.journal().saveTo(folder.resolve("recording"));
    }
  }
}
