package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads where the container engine that their settings name is not to be had. */
class NoEngineIT {
  /** The digest of the name "lab", as contexts are filed. */
  private static final String LAB =
      "a51146d38077ff992eba84cf1d5e9b249073503eb74868699016153b031a38f7";

  @TempDir
  Path folder;

  @Test
  void aRunSaysOnceThatItTakesProcessesAndThatTheJobDoesNotGetItsImage() throws Exception {
    writeJob("env: {docker: {image: \"trainer:1\"}}");
    useContext("unix://" + folder.resolve("gone.sock"));

    try (var run = launch("run", "job.yaml", "--log-dir", "logs")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.stdout()).isEqualTo("hello\n");
      assertThat(run.stderr())
          .containsOnlyOnce("No container engine can be used")
          .contains(folder.resolve("gone.sock") + " (the Docker context 'lab')")
          .contains("images that they ask for are not used", "start Docker")
          .containsOnlyOnce("The image trainer:1 that the job asks for is not used");
      assertNoNoise(run.stderr());
    }
    try (var logs = Files.walk(folder.resolve("logs"))) {
      var system = logs.filter(file -> file.endsWith("system.log")).findFirst().orElseThrow();
      assertThat(system)
          .content()
          .contains("[ERROR] The image trainer:1 that the job asks for is not used");
    }
  }

  @Test
  void aRunWithoutAnImageSaysNothingOfImages() throws Exception {
    writeJob("");
    try (var run = launch("run", "job.yaml", "--runner", "process")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.stderr()).doesNotContain("engine can be used", "that the job asks for");
    }
  }

  @Test
  void typesSaysWhoseSizesItShows() throws Exception {
    useContext("tcp://127.0.0.1:1");
    try (var types = launch("types")) {
      assertThat(types.exitCode()).isZero();
      assertThat(types.stdout()).contains("c1.4");
      assertThat(types.stderr())
          .containsOnlyOnce("No container engine can be used")
          .contains("127.0.0.1:1 (the Docker context 'lab')", "sizes that this machine gives");
      assertNoNoise(types.stderr());
    }
  }

  @Test
  void doctorNamesTheContextAndLetsNoLibrarySpeak() throws Exception {
    useContext("unix://" + folder.resolve("gone.sock"));
    try (var doctor = doctor()) {
      doctor.exitCode();
      assertThat(doctor.stdout())
          .contains("no container engine answers at unix://" + folder.resolve("gone.sock")
              + " (the Docker context 'lab')");
      assertThat(doctor.stderr()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"auths\":{", "{\"auths\":{\"quay.io\":{\"auth\":\"%%%\"}}}"})
  void damagedSettingsOfDockerStopNoCommand(String config) throws Exception {
    writeJob("");
    Files.writeString(settings().resolve("config.json"), config);
    try (var types = launch("types");
        var run = launch("run", "job.yaml");
        var doctor = doctor()) {
      assertThat(types.exitCode()).isZero();
      assertThat(run.exitCode()).isZero();
      doctor.exitCode();
      assertThat(doctor.stdout()).contains("Docker ");
      assertNoNoise(types.stderr());
      assertNoNoise(run.stderr());
      assertNoNoise(doctor.stderr());
    }
  }

  private Launched doctor() throws IOException {
    return launch("doctor", "--grpc-port=0", "--http-port=0", "--tls-port=0", "--proxy-port=0");
  }

  /** Nothing of the machine's own settings counts; its standard socket may be there. */
  private Launched launch(String... arguments) throws IOException {
    var variables = new HashMap<String, String>();
    for (var name : new String[] {"DOCKER_HOST", "DOCKER_CONTEXT", "DATASPHERE_EMULATOR_RUNNER"}) {
      variables.put(name, "");
    }
    variables.putAll(Map.of("DOCKER_CONFIG", settings().toString(), "HOME", folder.toString()));
    return Launched.onClassPath(folder, variables, arguments);
  }

  private Path settings() throws IOException {
    return Files.createDirectories(folder.resolve("docker-settings"));
  }

  private void useContext(String host) throws IOException {
    var meta = Files.createDirectories(settings().resolve("contexts/meta").resolve(LAB));
    Files.writeString(
        meta.resolve("meta.json"), "{\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\"}}}");
    Files.writeString(settings().resolve("config.json"), "{\"currentContext\":\"lab\"}");
  }

  private void writeJob(String more) throws IOException {
    Files.writeString(folder.resolve("job.yaml"), "name: job\ncmd: echo hello\n" + more + "\n");
  }

  private static void assertNoNoise(String errors) {
    assertThat(errors).doesNotContain("\tat ", "Exception in", "HttpRequestRetryExec", "INFO");
  }
}
