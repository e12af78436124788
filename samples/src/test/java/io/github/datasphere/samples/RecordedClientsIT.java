package io.github.datasphere.samples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Checks;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.ReplayedService;
import io.github.datasphere.emulator.config.ConfigSources;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.record.RecordSettings;
import io.github.datasphere.emulator.record.Recorder;
import io.github.datasphere.emulator.session.match.Difference;
import io.github.datasphere.emulator.session.redact.Options;
import io.github.datasphere.samples.ClientFolder.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The official client, the SDKs and grpcurl, unmodified, are recorded against another emulator as
 * their service, then replayed and checked.
 */
class RecordedClientsIT {
  private static final String TOKEN = "t1.9euelZrLyomSaved0token.S3cretSignature0123456789abcdef";
  private static final String PROJECT = "bt1anyproject0000000";

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource
  void whatIsAlikeIsReplayedAndCheckedWithoutADifference(SdkClient client) throws Exception {
    var program = client.ready(folder);
    Result recorded;
    try (var service = service()) {
      recorded = record(program, script(client), service.addresses().grpc());
    }
    var result = Files.readString(program.file("upper.txt"));
    Files.delete(program.file("upper.txt"));

    assertThat(recorded.code()).as("%s", recorded).isZero();
    assertThat(replay(program, script(client))).isEqualTo(told(recorded));
    assertThat(program.file("upper.txt")).hasContent(result);
    var report = Checks.check(recording());
    assertThat(report.differences()).isEmpty();
    assertThat(report.compared()).isGreaterThan(2);
    assertThat(everyByte()).doesNotContain("S3cret").doesNotContain(PROJECT);
  }

  @ParameterizedTest
  @EnumSource
  void exactlyThePlantedDifferenceIsFound(SdkClient client) throws Exception {
    var program = client.ready(folder);
    try (var service = service();
        var planted = new PlantedService(service.addresses().grpc())) {
      assertThat(record(program, script(client), planted.address()).code()).isZero();
    }

    assertThat(Checks.check(recording()).differences())
        .isNotEmpty()
        .allSatisfy(RecordedClientsIT::isPlanted);
  }

  @Test
  void theOfficialClientIsRecordedReplayedAndCheckedWithExactlyThePlantedDifference()
      throws Exception {
    var client = ClientFolder.ofTheOfficialClient(folder);
    var script = client.official() + " project job execute -p " + PROJECT + " -c config.yaml";
    try (var service = service();
        var planted = new PlantedService(service.addresses().grpc())) {
      var recorded = record(client, script, planted.address());
      assertThat(recorded.code()).as("%s", recorded).isZero();
    }
    var counts = Files.readString(client.file("counts.txt"));
    Files.delete(client.file("counts.txt"));
    replay(client, script);

    assertThat(client.file("counts.txt")).hasContent(counts);
    assertThat(Checks.check(recording()).differences())
        .isNotEmpty()
        .allSatisfy(RecordedClientsIT::isPlanted);
  }

  private static void isPlanted(Difference difference) {
    assertThat(difference.path())
        .matches(
            "call \\d+ (ProjectJobService.Execute|OperationService.Get)" + " reply.description");
    assertThat(difference)
        .extracting(Difference::recorded, Difference::actual)
        .containsExactly('"' + PlantedService.PLANTED + '"', "\"Execute job\"");
  }

  private static String script(SdkClient client) throws IOException {
    return client.recipe().runs().get(0);
  }

  /** Another emulator, with ids of its own, and slow. */
  private static Emulator service() {
    var config = EmulatorConfig.onFreePorts();
    var service = Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)));
    service.faults().on("Create").always().delayBy(Duration.ofMillis(150));
    service.faults().on("Execute").always().delayBy(Duration.ofMillis(300));
    service.faults().onUpload().always().delayBy(Duration.ofMillis(50));
    return service;
  }

  private Result record(ClientFolder program, String script, String service) throws Exception {
    var options = new Options(List.of(), List.of(), Map.of(), false, new Random(1));
    var settings = new RecordSettings(
        recording(),
        Optional.of("plaintext:" + service),
        Optional.empty(),
        true,
        options,
        Files.createDirectories(folder.resolve("work")),
        "test");
    try (var recorder = new Recorder(settings, Clock.systemUTC(), System::nanoTime)) {
      program.leadTo(recorder);
      program.with("YC_IAM_TOKEN", TOKEN);
      recorder.ran(List.of(script));
      var result = program.run(script);
      recorder.exited(result.code());
      // A client on a busy machine may try a call again
      assertThat(recorder.finish())
          .as("%s", result)
          .allMatch(text -> text.contains("is made again by its client"));
      return result;
    }
  }

  /** Returns what the client prints beside the recording. */
  private String replay(ClientFolder program, String script) throws Exception {
    var config = new ConfigSources(Map.of("offline", "true"), Map.of(), folder, folder)
        .load(EmulatorConfig.onFreePorts(), Set.of());
    try (var replayed = ReplayedService.start(recording(), 0, config, true)) {
      program.leadTo(replayed.addresses());
      var result = program.run(script);
      assertThat(replayed.misses()).isEmpty();
      assertThat(replayed.unused()).isEmpty();
      assertThat(result.code()).as("%s", result).isZero();
      return told(result);
    }
  }

  /** What it prints, without the services that grpcurl lists: another emulator has more. */
  private static String told(Result result) {
    return result.out().replaceAll("(?m)^[a-z0-9.]+\\.[A-Z]\\w+\n", "");
  }

  private Path recording() {
    return folder.resolve("recording");
  }

  private String everyByte() throws IOException {
    var all = new StringBuilder();
    try (var files = Files.walk(recording())) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), ISO_8859_1));
      }
    }
    return all.toString();
  }
}
