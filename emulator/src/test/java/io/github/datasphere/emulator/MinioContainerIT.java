package io.github.datasphere.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.MinioConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.StorageConfig;
import io.github.datasphere.emulator.config.StorageKind;
import io.github.datasphere.emulator.config.UrlLifetimes;
import io.github.datasphere.emulator.files.minio.MinioServer;
import io.github.datasphere.emulator.runner.docker.RealEngine;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobParameters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The MinIO server that {@code --storage minio} starts if none is named. */
@Execution(ExecutionMode.SAME_THREAD) // all count the containers
class MinioContainerIT {
  private static final String IMAGE = "datasphere-emulator-test:minio";
  private static final String LABEL = "label=io.github.datasphere.emulator.role=storage";

  private static boolean made;

  @TempDir
  private Path folder;

  /** The server's own image cannot be pulled everywhere: the program in the image of the jobs. */
  @BeforeAll
  static void makeImage() throws Exception {
    var program = MinioServer.required();
    RealEngine.connect().close();
    var container = docker("create", RealEngine.image(), "true");
    try {
      docker("cp", program.toString(), container + ":/usr/bin/minio");
      docker("commit", container, IMAGE);
      made = true;
    } finally {
      docker("rm", container);
    }
  }

  @AfterAll
  static void removeImage() throws Exception {
    if (made) {
      docker("rmi", IMAGE);
    }
  }

  @Test
  void aServerIsStartedWithTheEmulatorAndGoesWithIt() throws Exception {
    var before = containers();
    try (var emulator = Emulator.inProcess(config(Optional.empty(), IMAGE));
        var client = new TestClient(emulator.channel())) {
      assertThat(containers()).hasSize(before.size() + 1);

      assertThat(outputOfAJob(client)).isEqualTo("hello\n");
    }
    assertThat(containers()).isEqualTo(before);
  }

  @Test
  void passwordIsNotShownToWhoeverInspectsTheContainer() throws Exception {
    var before = containers();
    try (var emulator = Emulator.inProcess(config(Optional.empty(), IMAGE));
        var client = new TestClient(emulator.channel())) {
      var started = new ArrayList<>(containers());
      started.removeAll(before);
      var container = started.get(0);

      assertThat(docker("inspect", container))
          .doesNotContain("MINIO_ROOT_PASSWORD=")
          .doesNotContain(docker("exec", container, "cat", "/minio-root-password"));
      assertThat(outputOfAJob(client)).isEqualTo("hello\n");
    }
  }

  @Test
  void filesOutliveTheEmulatorInAVolume() throws Exception {
    var before = volumes();
    try {
      String job;
      try (var emulator = Emulator.inProcess(config(Optional.of(folder), IMAGE));
          var client = new TestClient(emulator.channel())) {
        job = jobWithOutput(client);
        assertThat(output(client, job)).isEqualTo("hello\n");
      }
      try (var emulator = Emulator.inProcess(config(Optional.of(folder), IMAGE));
          var client = new TestClient(emulator.channel())) {
        assertThat(output(client, job)).isEqualTo("hello\n");
      }
    } finally {
      for (var volume : volumes()) {
        if (!before.contains(volume)) {
          docker("volume", "rm", volume);
        }
      }
    }
  }

  @Test
  void anImageThatIsNotThereIsNamedWithTheWaysOut() {
    assertThatThrownBy(() -> Emulator.inProcess(config(Optional.empty(), "localhost:1/no/minio")))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining("localhost:1/no/minio")
        .hasMessageContaining("storage.minio.image")
        .hasMessageContaining("--storage local");
  }

  @Test
  void anImageThatServesNothingIsNamed() throws Exception {
    var before = containers();
    var image = System.getenv("DATASPHERE_EMULATOR_TEST_IMAGE");

    assertThatThrownBy(() -> Emulator.inProcess(config(Optional.empty(), image)))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining(image);
    assertThat(containers()).isEqualTo(before);
  }

  private static String outputOfAJob(TestClient client) throws Exception {
    return output(client, jobWithOutput(client));
  }

  private static String jobWithOutput(TestClient client) {
    var job = client.create(
        JobParameters.newBuilder()
            .setCmd("echo hello > out.txt")
            .addOutputFiles(FileDesc.newBuilder().setPath("out.txt")),
        "output");
    client.executeCreated(job);
    await().atMost(Duration.ofSeconds(60)).until(() -> client.get(job).hasFinishedAt());
    return job;
  }

  private static String output(TestClient client, String job) throws Exception {
    var url = client
        .executeCreated(job)
        .getResponse()
        .unpack(ExecuteProjectJobResponse.class)
        .getOutputFiles(0)
        .getUrl();
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  private static EmulatorConfig config(Optional<Path> dataDir, String image) {
    var config = EmulatorConfig.onFreePorts();
    var minio = MinioConfig.defaults();
    return config
        .with(config.jobs().with(RunnerKind.PROCESS))
        .with(new StorageConfig(
            dataDir,
            StorageKind.MINIO,
            new MinioConfig(
                Optional.empty(),
                Optional.empty(),
                minio.bucket(),
                Optional.empty(),
                minio.dialect(),
                image),
            UrlLifetimes.defaults()));
  }

  private static List<String> containers() throws Exception {
    return docker("ps", "-aq", "--filter", LABEL).lines().sorted().toList();
  }

  /** Of data directories; those of jobs are for the tests that made them. */
  private static List<String> volumes() throws Exception {
    return docker("volume", "ls", "-q", "--filter", "name=datasphere-emulator-data-")
        .lines()
        .sorted()
        .toList();
  }

  private static String docker(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    return said;
  }
}
