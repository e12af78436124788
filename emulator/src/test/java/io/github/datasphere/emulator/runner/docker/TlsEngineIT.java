package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.runner.CommandContract;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.EndingContract;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.OutputContract;
import io.github.datasphere.emulator.runner.RunnerContract.Factory;
import io.github.datasphere.emulator.runner.RunnerHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in an engine that is reached over TCP with TLS, as one of another machine is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsEngineIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private PrivateEngine engine;
  private Path certificates;

  // The engine removes its folder itself, with what it has mounted there
  @BeforeAll
  void listen(@TempDir Path folder, @TempDir(cleanup = CleanupMode.NEVER) Path engineFolder)
      throws Exception {
    certificates = folder;
    engine = PrivateEngine.startWithTls(engineFolder, TlsCertificates.make(folder));
  }

  @AfterAll
  void stop() throws Exception {
    if (engine != null) {
      engine.close();
    }
  }

  /** What leads the {@code docker} command there. */
  private Map<String, String> variables(Path certificates) throws IOException {
    return Map.of(
        "DOCKER_HOST",
        engine.address(),
        "DOCKER_TLS_VERIFY",
        "1",
        "DOCKER_CERT_PATH",
        certificates.toString());
  }

  @Nested
  class Commands extends CommandContract {
    @Override
    protected Factory factory() {
      return overTls();
    }
  }

  @Nested
  class Endings extends EndingContract {
    @Override
    protected Factory factory() {
      return overTls();
    }
  }

  @Nested
  class Outputs extends OutputContract {
    @Override
    protected Factory factory() {
      return overTls();
    }
  }

  @Test
  void itIsTakenForOneOfAnotherMachine() throws Exception {
    try (var remote = DockerEngine.connect(variables(certificates), PATIENCE)) {
      assertThat(remote.facts().isLocal()).isFalse();
    }
  }

  /** Longer than a connection may take to be made. */
  @Test
  void jobThatIsSilentForLongIsNotLost(@TempDir Path folder) throws Exception {
    var settings = RealEngine.settings(folder, Durability.LEASED, JobResources.within(folder));
    var remote = DockerEngine.connect(variables(certificates), PATIENCE);
    try (var harness =
        new RunnerHarness((ports, events) -> DockerRunner.start(remote, settings, ports, events))) {
      var job = job("sleep 8; echo still here").build();

      assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
      assertThat(harness.stdout(job)).isEqualTo("still here\n");
    }
  }

  @Test
  void withoutTlsItSaysWhatItWants() throws Exception {
    var variables = Map.of("DOCKER_HOST", engine.address());
    assertThatThrownBy(() -> DockerEngine.connect(variables, PATIENCE))
        .isInstanceOfSatisfying(DockerEngineException.class, refused -> {
          assertThat(refused).hasMessageContaining("wants TLS");
          assertThat(refused.advice()).contains("DOCKER_TLS_VERIFY=1", "DOCKER_CERT_PATH");
        });
  }

  @Test
  void certificatesOfAnotherEngineAreRefused(@TempDir Path other) throws Exception {
    TlsCertificates.make(other);
    var variables = variables(other);
    assertThatThrownBy(() -> DockerEngine.connect(variables, PATIENCE))
        .isInstanceOfSatisfying(DockerEngineException.class, refused -> {
          assertThat(refused).hasMessageContaining("no TLS with the container engine");
          assertThat(refused.advice()).contains("ca.pem, cert.pem and key.pem");
        });
  }

  @Test
  void theCertificatesOfAContextAreTaken(@TempDir Path home) throws Exception {
    // "lab" and its digest, as contexts are filed
    var digest = "a51146d38077ff992eba84cf1d5e9b249073503eb74868699016153b031a38f7";
    var meta = Files.createDirectories(home.resolve("contexts/meta/" + digest));
    var tls = Files.createDirectories(home.resolve("contexts/tls/" + digest + "/docker"));
    var host = engine.address();
    Files.writeString(
        meta.resolve("meta.json"),
        "{\"Name\":\"lab\",\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\"}}}");
    for (var name : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
      Files.copy(certificates.resolve(name), tls.resolve(name));
    }
    var variables = Map.of("DOCKER_CONFIG", home.toString(), "DOCKER_CONTEXT", "lab");
    try (var remote = DockerEngine.connect(variables, PATIENCE)) {
      assertThat(remote.facts().host()).isEqualTo(host);
    }
  }

  private Factory overTls() {
    return (folder, resources, ports, events) -> {
      var settings = RealEngine.settings(folder, Durability.LEASED, resources);
      try {
        var remote = DockerEngine.connect(variables(certificates), PATIENCE);
        return DockerRunner.start(remote, settings, ports, events);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    };
  }
}
