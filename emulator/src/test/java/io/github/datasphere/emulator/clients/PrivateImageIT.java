package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.runner.docker.PrivateRegistry;
import io.github.datasphere.emulator.runner.docker.RealEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The official command line and an image that wants a password (service-behaviour 4.14, 10.10). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivateImageIT {
  private DockerEngine engine;
  private PrivateRegistry registry;
  private Served served;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    OfficialCli.bin(OfficialCli.NEWEST);
    engine = RealEngine.connect();
    var image = RealEngine.image();
    registry = PrivateRegistry.start(folder);
    served = Served.start(folder, """
        runner: docker
        offline: true
        default-image: %s
        pull: always
        secrets: {REGISTRY-PASSWORD: %s, OLD-PASSWORD: wr0ng}
        """.formatted(image, PrivateRegistry.PASSWORD));
  }

  @AfterAll
  void stop() {
    if (served != null) {
      served.close();
    }
    if (registry != null) {
      registry.close();
    }
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void aJobRunsInAPrivateImage(@TempDir Path home) throws Exception {
    var image = pushed("client");
    var cli = OfficialCli.newest(home, served).file("word.txt", "inside\n");
    try {
      cli.execute(config(image, "REGISTRY-PASSWORD", """
          cmd: cat word.txt && pwd > where.txt
          inputs: [word.txt]
          outputs: [where.txt]
          """)).good();

      assertThat(cli.log("stdout.txt")).isEqualTo("inside\n");
      assertThat(cli.work().resolve("where.txt")).hasContent("/job");
      assertThat(cli.log("system.log"))
          .contains("Pulling image '" + image + "'", "Image '" + image + "' is pulled")
          .doesNotContain(PrivateRegistry.PASSWORD);
    } finally {
      engine.client().removeImageCmd(image).exec();
    }
  }

  @Test
  void aWrongPasswordEndsTheJobWithTheRegistrysWords(@TempDir Path home) throws Exception {
    var image = pushed("refused");
    var cli = OfficialCli.newest(home, served);

    var ended = cli.execute(config(image, "OLD-PASSWORD", "cmd: 'true'\n")).bad();

    assertThat(ended.out() + ended.err())
        .contains("FAILED_PRECONDITION", image, "Check username and password of the registry")
        .doesNotContain("wr0ng");
  }

  @Test
  void anUnknownSecretIsNamed(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);

    var ended =
        cli.execute(config(registry.image("team/x:1"), "LOST", "cmd: 'true'\n")).bad();

    assertThat(ended.out() + ended.err())
        .contains("FAILED_PRECONDITION", "the secret LOST", "'secrets' in the configuration file");
  }

  private String pushed(String tag) throws InterruptedException {
    var image = registry.image("team/tool:" + tag);
    registry.push(engine, image);
    return image;
  }

  private static String config(String image, String secret, String rest) {
    return """
        name: private
        %senv:
          docker:
            image: %s
            username: %s
            password: {secret-id: %s}
        """.formatted(rest, image, PrivateRegistry.USER, secret);
  }
}
