package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.TestClient;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.http.HttpPorts;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event.Exited;
import io.github.datasphere.emulator.session.Event.Ran;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.TimedEvent;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that records another. */
class RecordCommandTest {
  private Emulator service;
  private Shell shell;

  @TempDir
  Path folder;

  @BeforeEach
  void start() {
    service = Emulator.testDouble(EmulatorConfig.onFreePorts(), true, new HttpPorts(0));
    shell = new Shell(folder);
  }

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  /** Makes a job, does not upload its file, and ends with a code of its own. */
  static final class OneCall {
    public static void main(String[] arguments) {
      var address = System.getenv("DATASPHERE_EMULATOR_GRPC");
      var channel =
          Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
      try (var client = new TestClient(channel)) {
        client.uploadUrl();
      }
      System.exit(7);
    }
  }

  @Test
  void theCommandIsRecordedAndItsExitCodeIsItsOwn() {
    var code = record(ChildJvm.command(List.of(), OneCall.class));
    assertThat(code).as(shell.err()).isEqualTo(7);
    var events = new ArrayList<TimedEvent>();
    var recording = Recording.read(folder.resolve("out"), new Api(), events::add);

    assertThat(events).extracting(TimedEvent::event).anyMatch(Ran.class::isInstance);
    assertThat(events).extracting(TimedEvent::event).contains(new Exited(7));
    assertThat(recording.calls()).hasSize(1);
    assertThat(recording.header().clients()).singleElement().asString().startsWith("grpc-java-");
    assertThat(shell.err())
        .contains("record: 1 files were offered and not moved through the recorder")
        .contains("record: out is written.");
  }

  @Test
  void aCommandThatGoesPastTheRecorderLeavesNoRecording() {
    assertThat(record(List.of("true"))).isEqualTo(1);
    assertThat(shell.err()).contains("Nothing was recorded: no call came through the recorder.");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aCommandThatIsNotThereIsNamed() {
    assertThat(record(List.of("no-such-program"))).isNotZero();
    assertThat(shell.err()).contains("no-such-program");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aPatternThatIsNoneIsNamed() {
    assertThat(shell.run("record", "--output", "out", "--redact", "[", "--", "true"))
        .isEqualTo(2);
    assertThat(shell.err()).contains("--redact [ is no regular expression");
  }

  @Test
  void aFolderThatIsNoRecordingIsLeftAlone() throws Exception {
    Files.createDirectories(folder.resolve("out"));
    var mine = Files.writeString(folder.resolve("out/mine.txt"), "mine");

    assertThat(record(List.of("true"))).isEqualTo(1);
    assertThat(shell.err()).contains("exists and is no recording");
    assertThat(mine).hasContent("mine");
  }

  /** Java's HTTP client reads this once, before its first download. */
  @Test
  void downloadsAreReadInLargePieces() {
    record(List.of("true"));

    assertThat(Integer.getInteger("jdk.httpclient.bufsize")).isGreaterThanOrEqualTo(128 << 10);
  }

  private int record(List<String> command) {
    var line = new ArrayList<>(List.of(
        "record",
        "--output",
        "out",
        "--upstream",
        service.addresses().tls(),
        "--upstream-ca",
        service.addresses().certificate().toString(),
        "--"));
    line.addAll(command);
    return shell.run(line.toArray(String[]::new));
  }
}
