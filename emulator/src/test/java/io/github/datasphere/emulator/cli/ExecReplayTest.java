package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.TestClient;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program runs against a recording instead of an emulator. */
class ExecReplayTest {
  private static final Duration LENGTH = Duration.ofMinutes(2);
  private static final String NAME = "recorded";
  private static final String WITHOUT_LOG = "without log";

  private Shell shell;

  @TempDir
  Path folder;

  /** Runs a job of this name; ends with 0 if it succeeds. */
  static final class OneJob {
    public static void main(String[] arguments) {
      var address = System.getenv("DATASPHERE_EMULATOR_GRPC");
      var channel =
          Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
      try (var client = new TestClient(channel)) {
        var id = client.create(JobParameters.newBuilder().setCmd("true"), arguments[0]);
        client.executeCreated(id);
        if (!List.of(arguments).contains(WITHOUT_LOG)) {
          client.readLogs(id);
        }
        System.exit(client.get(id).getStatus() == JobStatus.SUCCESS ? 0 : 5);
      }
    }
  }

  @BeforeEach
  void record() {
    shell = new Shell(folder);
    try (var emulator = Emulator.inProcess();
        var client = new TestClient(emulator.channel())) {
      emulator
          .whenExecuted(job -> true)
          .thenRun(
              Script.empty().after(LENGTH.dividedBy(2)).stdout("half way\n").lasts(LENGTH));
      var id = client.create(JobParameters.newBuilder().setCmd("true"), NAME);
      client.executeCreated(id);
      emulator.clock().advance(LENGTH);
      client.readLogs(id);
      client.get(id);
      emulator.journal().saveTo(folder.resolve("recording"));
    }
  }

  @Test
  void aProgramGetsWhatWasRecorded() {
    assertThat(exec(List.of(), NAME)).as(shell.err()).isZero();
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void itGetsTheSameInTheTimeThatItTook() {
    assertThat(exec(List.of("--speed", "1000"), NAME)).as(shell.err()).isZero();
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void whatWasNotRecordedIsTold() {
    assertThat(exec(List.of(), "another")).isEqualTo(1);
    assertThat(shell.err()).contains("replay: ", "which differs in request.name");
  }

  @Test
  void whatWasNotAskedForIsTold() {
    assertThat(exec(List.of(), NAME, WITHOUT_LOG)).as(shell.err()).isZero();
    assertThat(shell.err())
        .isEqualToIgnoringNewLines("replay: call 3 ProjectJobService.ReadLogs was not made");
  }

  @Test
  void aFolderWithoutRecordingIsNamed() {
    assertThat(shell.run("exec", "--replay", "nothing", "--", "true")).isEqualTo(1);
    assertThat(shell.err()).contains("There is no recording in " + folder.resolve("nothing"));
  }

  private int exec(List<String> options, String... arguments) {
    var line = new ArrayList<>(List.of("exec", "--replay", "recording"));
    line.addAll(options);
    line.addAll(List.of("--http-port=0", "--grpc-port=0", "--tls-port=0", "--proxy-port=0", "--"));
    line.addAll(ChildJvm.command(List.of(), OneJob.class));
    line.addAll(List.of(arguments));
    return shell.run(line.toArray(String[]::new));
  }
}
