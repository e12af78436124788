package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.EngineException;
import io.github.datasphere.emulator.runner.CommandContract;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.EndingContract;
import io.github.datasphere.emulator.runner.OutputContract;
import io.github.datasphere.emulator.runner.RunnerContract.Factory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in an engine that is reached over TCP with TLS, as one of another machine is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsEngineIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private TlsFront front;
  private Path certificates;

  @BeforeAll
  void listen(@TempDir Path folder) throws Exception {
    URI host;
    try (var engine = RealEngine.connect()) {
      host = URI.create(engine.facts().host());
    }
    Assumptions.assumeTrue("unix".equals(host.getScheme()), "the engine is on another machine");
    certificates = folder;
    front = TlsFront.start(folder, Path.of(host.getPath()));
  }

  @AfterAll
  void stop() throws Exception {
    if (front != null) {
      front.close();
    }
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
    try (var engine = DockerEngine.connect(front.variables(certificates), PATIENCE)) {
      assertThat(engine.facts().isLocal()).isFalse();
    }
  }

  @Test
  void withoutTlsItSaysWhatItWants() {
    var variables = Map.of("DOCKER_HOST", front.variables(certificates).get("DOCKER_HOST"));
    assertThatThrownBy(() -> DockerEngine.connect(variables, PATIENCE))
        .isInstanceOf(EngineException.class);
  }

  @Test
  void certificatesOfAnotherEngineAreRefused(@TempDir Path other) throws Exception {
    try (var stranger = TlsFront.start(other, Path.of("/nowhere"))) {
      assertThat(stranger).isNotNull();
      var variables = new HashMap<>(front.variables(certificates));
      variables.put("DOCKER_CERT_PATH", other.toString());
      assertThatThrownBy(() -> DockerEngine.connect(variables, PATIENCE))
          .isInstanceOfSatisfying(EngineException.class, refused -> {
            assertThat(refused).hasMessageContaining("no TLS with the container engine");
            assertThat(refused.advice()).contains("ca.pem, cert.pem and key.pem");
          });
    }
  }

  @Test
  void theCertificatesOfAContextAreTaken(@TempDir Path home) throws Exception {
    // "lab" and its digest, as contexts are filed
    var digest = "a51146d38077ff992eba84cf1d5e9b249073503eb74868699016153b031a38f7";
    var meta = Files.createDirectories(home.resolve("contexts/meta/" + digest));
    var tls = Files.createDirectories(home.resolve("contexts/tls/" + digest + "/docker"));
    var host = front.variables(certificates).get("DOCKER_HOST");
    Files.writeString(
        meta.resolve("meta.json"),
        "{\"Name\":\"lab\",\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\"}}}");
    for (var name : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
      Files.copy(certificates.resolve(name), tls.resolve(name));
    }
    var variables = Map.of("DOCKER_CONFIG", home.toString(), "DOCKER_CONTEXT", "lab");
    try (var engine = DockerEngine.connect(variables, PATIENCE)) {
      assertThat(engine.facts().host()).isEqualTo(host);
    }
  }

  private Factory overTls() {
    return (folder, resources, ports, events) -> {
      var settings = RealEngine.settings(folder, Durability.LEASED, resources);
      try {
        var engine = DockerEngine.connect(front.variables(certificates), PATIENCE);
        return DockerRunner.start(engine, settings, ports, events);
      } catch (EngineException e) {
        throw new AssertionError(e);
      }
    };
  }
}
