package io.github.datasphere.emulator.clients;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.datasphere.emulator.Checks;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.ReplayedService;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.record.RecordSettings;
import io.github.datasphere.emulator.record.Recorder;
import io.github.datasphere.emulator.session.match.Difference;
import io.github.datasphere.emulator.session.redact.Options;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official client is recorded against another emulator as its service, replayed and checked.
 */
class RecordIT {
  private static final String TOKEN = "t1.9euelZrLyomSaved0token.S3cretSignature0123456789abcdef";
  private static final Status PLANTED =
      Status.FAILED_PRECONDITION.withDescription("the planted difference");
  private static final String CONFIG = """
      name: recorded
      cmd: echo "to out of $WHO"; echo "to err, with $PASSWORD" >&2; echo done > out.txt; exit %d
      env: {vars: {WHO: me, PASSWORD: correct-horse-battery}}
      outputs: [out.txt]
      """;

  @TempDir
  Path folder;

  @Test
  void aJobIsRecordedWithoutSecretsReplayedAndChecked() throws Exception {
    var recorded = record(0);
    var replayed = replay(0);

    assertThat(recorded.exitCode()).isZero();
    assertThat(replayed.exitCode()).isZero();
    assertThat(told(replayed)).isEqualTo(told(recorded));
    assertThat(folder.resolve("replayed/work/out.txt")).hasContent("done");
    assertThat(Checks.check(folder.resolve("recording")).differences()).isEmpty();
    assertThat(everyByte())
        .doesNotContain("S3cret")
        .doesNotContain("correct-horse")
        .doesNotContain(OfficialCli.PROJECT);
  }

  /** The official client packs folders with the times of their files. */
  @Test
  void aFolderThatWasTouchedSinceIsReplayed() throws Exception {
    var config = """
        name: folders
        cmd: cat ${DATA}/words.txt > out.txt
        inputs: [data: DATA]
        outputs: [out.txt]
        """;
    var work = Files.createDirectories(folder.resolve("recorded/work/data"));
    Files.writeString(work.resolve("words.txt"), "many words\n");
    var recorded = record(config, service -> {});
    var again = Files.createDirectories(folder.resolve("replayed/work/data"));
    Files.writeString(again.resolve("words.txt"), "many words\n");
    Files.setLastModifiedTime(
        again.resolve("words.txt"), FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
    var replayed = replay(config);

    assertThat(recorded.exitCode()).isZero();
    assertThat(replayed.exitCode()).as(replayed.err()).isZero();
    assertThat(folder.resolve("replayed/work/out.txt")).hasContent("many words");
  }

  @Test
  void aJobThatFailsEndsAlikeWhenItIsReplayed() throws Exception {
    var recorded = record(3);
    var replayed = replay(3);

    assertThat(recorded.exitCode()).isEqualTo(1);
    assertThat(replayed.exitCode()).isEqualTo(1);
    assertThat(told(replayed)).isEqualTo(told(recorded));
  }

  @Test
  void exactlyThePlantedFaultIsFoundAndReplayed() throws Exception {
    var recorded = record(0, service -> {
      service.faults().on("Create").always().delayBy(Duration.ofMillis(150));
      service.faults().on("Execute").failWith(PLANTED);
    });
    var replayed = replay(0);

    assertThat(recorded.exitCode()).isEqualTo(1);
    assertThat(replayed.exitCode()).isEqualTo(1);
    assertThat(recorded.out() + recorded.err()).contains(PLANTED.getDescription());
    assertThat(told(replayed)).isEqualTo(told(recorded));
    assertThat(Checks.check(folder.resolve("recording")).differences())
        .extracting(Difference::path, Difference::recorded)
        .containsExactly(
            tuple("call 2 ProjectJobService.Execute replies.size", "0"),
            tuple("call 2 ProjectJobService.Execute code", PLANTED.getCode().name()),
            tuple("call 2 ProjectJobService.Execute text", '"' + PLANTED.getDescription() + '"'));
  }

  private Ended record(int exitCode) throws Exception {
    return record(exitCode, service -> {});
  }

  private Ended record(int exitCode, Consumer<Emulator> plant) throws Exception {
    return record(CONFIG.formatted(exitCode), plant);
  }

  private Ended record(String config, Consumer<Emulator> plant) throws Exception {
    var home = Files.createDirectories(folder.resolve("recorded"));
    var server = Files.createDirectories(folder.resolve("server"));
    try (var served = Served.offline(server, "");
        var recorder = new Recorder(settings(served), Clock.systemUTC(), System::nanoTime)) {
      plant.accept(served.emulator());
      var cli = client(home, served, recorder.proxy().toString(), recorder.certificate());
      recorder.ran(List.of("datasphere", "project", "job", "execute"));
      var ended = cli.execute(config);
      recorder.exited(ended.exitCode());
      recorder.finish();
      return ended;
    }
  }

  private Ended replay(int exitCode) throws Exception {
    return replay(CONFIG.formatted(exitCode));
  }

  private Ended replay(String config) throws Exception {
    var home = Files.createDirectories(folder.resolve("replayed"));
    var ports = EmulatorConfig.onFreePorts();
    try (var unused = Served.offline(home, "");
        var service = ReplayedService.start(folder.resolve("recording"), 0, ports, true)) {
      var addresses = service.addresses();
      var cli = client(home, unused, addresses.proxy().toString(), addresses.certificate());
      var ended = cli.execute(config);
      assertThat(service.misses()).isEmpty();
      assertThat(service.unused()).isEmpty();
      return ended;
    }
  }

  /** Calls go to this proxy; the version check is answered by the served emulator. */
  private static OfficialCli client(Path home, Served served, String proxy, Path certificate)
      throws Exception {
    Map<String, String> variables = new HashMap<>(served.variables());
    variables.put("grpc_proxy", proxy);
    variables.put("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", certificate.toString());
    variables.put("YC_IAM_TOKEN", TOKEN);
    return OfficialCli.newest(home, new Served(served.emulator(), variables));
  }

  private RecordSettings settings(Served served) throws Exception {
    return new RecordSettings(
        folder.resolve("recording"),
        Optional.of(served.emulator().addresses().tls()),
        Optional.of(served.emulator().addresses().certificate()),
        false,
        new Options(
            List.of(Pattern.compile(Pattern.quote(folder.toString()) + "\\S*/")),
            List.of(),
            Map.of(),
            false,
            new Random(1)),
        Files.createDirectories(folder.resolve("work")),
        "test");
  }

  /** What the client says, without times, ids and its folders. */
  private static List<String> told(Ended ended) {
    return (ended.out() + ended.err())
        .lines()
        .map(line -> line.replaceAll("\\d{4}-\\d{2}-\\d{2}[ T][0-9:,.]+", "TIME"))
        .map(line -> line.replaceAll("\\b(bt1|b1g|bde)[a-z0-9]{17}\\b", "ID"))
        .map(line -> line.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID"))
        .map(line -> line.replace("correct-horse-battery", "***variable-1***"))
        .map(line -> line.replaceAll("/(recorded|replayed)/", "/HOME/"))
        .map(line -> line.replaceAll("\\(\\d[0-9.]*K?B\\)", "(SIZE)"))
        // Two threads of the client tell this, each when it comes to it
        .filter(line -> !line.contains("not refreshable"))
        .filter(line -> !line.contains("logs file path"))
        .toList();
  }

  private String everyByte() throws Exception {
    var all = new StringBuilder();
    try (var files = Files.walk(folder.resolve("recording"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), ISO_8859_1));
      }
    }
    return all.toString();
  }
}
