package io.github.datasphere.emulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The official client and ours read the same configuration and send the same request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficialClientParityIT {
  private Path folder;

  private Path workspace;
  private Map<String, String> environment;

  @BeforeAll
  void askTheOfficialClient(@TempDir Path temporary) throws Exception {
    folder = temporary;
    OfficialClient official = OfficialClient.required();
    workspace = Files.createDirectory(folder.resolve("workspace"));
    Corpus.makeWorkspace(workspace);
    Path configs = Files.createDirectory(folder.resolve("configs"));
    for (Corpus.Case each : (Iterable<Corpus.Case>) Stream.concat(good(), bad())::iterator) {
      Files.writeString(configs.resolve(each.fileName()), each.text());
    }
    official.run(
        "capture_official.py",
        folder,
        folder.resolve("capture.log"),
        configs.toString(),
        workspace.toString());
    environment = new HashMap<>(System.getenv());
    environment.put("PATH", official.path());
    environment.put("PASSED", "on");
  }

  static Stream<Corpus.Case> good() {
    return Corpus.load("good.txt").stream();
  }

  static Stream<Corpus.Case> bad() {
    return Corpus.load("bad.txt").stream();
  }

  @ParameterizedTest
  @MethodSource("good")
  void sameConfigurationGivesTheSameRequest(Corpus.Case each) throws Exception {
    Path official = result(each, ".request");
    assertThat(official).as(reasonOf(each)).exists();

    try (var service = new FakeService()) {
      var console = new RecordedConsole();
      run(service, console, each);

      assertThat(service.created).as(console.said()).hasSize(1);
      assertThat(comparable(service.created.get(0)))
          .isEqualTo(comparable(CreateProjectJobRequest.parseFrom(Files.readAllBytes(official))));
    }
  }

  @ParameterizedTest
  @MethodSource("bad")
  void whatTheOfficialClientRefusesIsRefused(Corpus.Case each) throws Exception {
    assertThat(result(each, ".request")).doesNotExist();

    var console = new RecordedConsole();
    if (each.title().endsWith("by client")) {
      try (var service = new FakeService()) {
        assertThat(run(service, console, each)).isEqualTo(1);
        assertThat(service.created).isEmpty();
      }
    } else {
      assertThat(runByTheEmulator(console, each)).isEqualTo(1);
      assertThat(console.said()).contains("creating job ...");
    }
    assertThat(console.said()).contains("ERROR " + config(each));
  }

  private int runByTheEmulator(RecordedConsole console, Corpus.Case each)
      throws IOException, InterruptedException {
    var config = EmulatorConfig.onFreePorts();
    var processes = config.with(config.jobs().with(RunnerKind.PROCESS));
    try (var emulator = Emulator.inProcess(processes)) {
      ManagedChannel channel = emulator.channel();
      try {
        return new JobRun(channel, options(each), console, Clock.systemUTC()).run();
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private int run(FakeService service, RecordedConsole console, Corpus.Case each)
      throws IOException, InterruptedException {
    service.endLogs();
    service.fail(1, "not meant to run");
    return new JobRun(service.channel(), options(each), console, Clock.systemUTC()).run();
  }

  private RunOptions options(Corpus.Case each) {
    return RunOptions.of(config(each), workspace, environment)
        .withProjectId("bt1project0000000000")
        .withLogDirectory(result(each, ".ours"));
  }

  /** Without what depends on the time of files, on temporary names, or on an unordered set. */
  private static CreateProjectJobRequest comparable(CreateProjectJobRequest request) {
    var builder = request.toBuilder();
    var parameters = builder.getJobParametersBuilder();
    List<File> inputs = parameters.getInputFilesList().stream()
        .map(file -> isArchive(file) ? file.toBuilder().clearSha256().build() : file)
        .toList();
    parameters.clearInputFiles().addAllInputFiles(inputs);
    if (parameters.getEnv().hasPythonEnv()) {
      var python = parameters.getEnvBuilder().getPythonEnvBuilder();
      List<File> modules = python.getLocalModulesList().stream()
          .map(OfficialClientParityIT::withoutPath)
          .toList();
      python.clearLocalModules().addAllLocalModules(modules);
    }
    return builder.build();
  }

  private static boolean isArchive(File file) {
    return file.getCompressionType() == FileCompressionType.ZIP;
  }

  private static File withoutPath(File file) {
    var builder = file.toBuilder().clearSha256();
    builder.getDescBuilder().clearPath();
    return builder.build();
  }

  private Path config(Corpus.Case each) {
    return folder.resolve("configs").resolve(each.fileName());
  }

  private Path result(Corpus.Case each, String ending) {
    return folder.resolve("configs").resolve(each.fileName().replace(".yaml", ending));
  }

  private String reasonOf(Corpus.Case each) throws IOException {
    Path error = result(each, ".error");
    return Files.exists(error) ? Files.readString(error) : each.title();
  }
}
