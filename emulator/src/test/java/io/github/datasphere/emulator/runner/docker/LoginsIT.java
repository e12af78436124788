package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.docker.DockerHomes.auths;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.DockerHomes;
import io.github.datasphere.emulator.docker.ImageFacts;
import io.github.datasphere.emulator.docker.ImageName;
import io.github.datasphere.emulator.docker.ImagePull;
import io.github.datasphere.emulator.docker.Images;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pulls from a real registry with what {@code docker login} has stored (service-behaviour 4.14).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginsIT {
  private static final String ANSWER =
      "printf '{\"ServerURL\":\"x\",\"Username\":\"%s\",\"Secret\":\"%s\"}'\n";

  @TempDir
  static Path shared;

  @TempDir
  Path folder;

  private final List<String> words = new CopyOnWriteArrayList<>();
  private PrivateRegistry registry;
  private DockerEngine engine;
  private DockerHomes home;
  private String image;

  @BeforeAll
  void startTheRegistry() throws Exception {
    engine = RealEngine.connect();
    RealEngine.image();
    registry = PrivateRegistry.start(shared);
    image = registry.image("team/tool:logins");
    registry.push(engine, image);
  }

  @AfterAll
  void endTheRegistry() {
    if (registry != null) {
      registry.close();
    }
    if (engine != null) {
      engine.close();
    }
  }

  @BeforeEach
  void makeHome() throws IOException {
    words.clear();
    home = DockerHomes.in(folder);
  }

  @AfterEach
  void forgetTheImage() throws DockerEngineException {
    if (engine != null) {
      engine.tell(() -> {
        engine.client().removeImageCmd(image).exec();
        return "";
      });
    }
  }

  @Test
  void helperGivesTheLogin() throws IOException {
    home.config("{\"credsStore\":\"keys\"}")
        .helper("keys", ANSWER.formatted(PrivateRegistry.USER, PrivateRegistry.PASSWORD));

    assertThat(pull().id()).isNotEmpty();
    assertThat(words).noneMatch(word -> word.contains(PrivateRegistry.PASSWORD));
  }

  @Test
  void fileGivesTheLogin() throws IOException {
    home.config(auths(host(), PrivateRegistry.USER, PrivateRegistry.PASSWORD));
    assertThat(pull().id()).isNotEmpty();
  }

  @Test
  void missingHelperIsNamedInTheFailure() throws IOException {
    home.config("{\"credHelpers\":{\"" + host() + "\":\"absent\"}}");
    assertThatThrownBy(this::pull)
        .isInstanceOf(DockerEngineException.class)
        .hasMessageContainingAll("docker-credential-absent", "not in the PATH");
  }

  @Test
  void wrongLoginOfAHelperIsRefusedWithoutBeingShown() throws IOException {
    home.config("{\"credsStore\":\"keys\"}")
        .helper("keys", ANSWER.formatted(PrivateRegistry.USER, "wr0ng"));
    assertThatThrownBy(this::pull)
        .isInstanceOf(DockerEngineException.class)
        .hasMessageContaining("unauthorized")
        .hasMessageNotContaining("wr0ng");
  }

  private String host() {
    return image.substring(0, image.indexOf('/'));
  }

  private ImageFacts pull() throws IOException {
    var name = ImageName.parse(image).orElseThrow();
    var order = new ImagePull(name, ImagePull.Policy.ALWAYS, Optional.empty(), Optional.empty());
    var variables = home.variables("DOCKER_HOST", RealEngine.socket());
    try (var own = DockerEngine.connect(variables, Duration.ofMinutes(1))) {
      return new Images(own).<RuntimeException>get(order, words::add, () -> {});
    }
  }
}
