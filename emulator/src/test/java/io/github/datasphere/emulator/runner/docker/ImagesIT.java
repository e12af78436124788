package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.ImagePull;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.DockerImage.Password;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobImages;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images of a private registry (service-behaviour 4.14, 10.10, 10.41). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImagesIT {
  private static final Password SECRET = new Password.Secret("REGISTRY-PASSWORD");

  @TempDir
  static Path shared;

  @TempDir
  Path folder;

  private PrivateRegistry registry;
  private DockerEngine engine;

  @BeforeAll
  void startTheRegistry() throws Exception {
    engine = RealEngine.connect();
    RealEngine.image();
    registry = PrivateRegistry.start(shared);
    registry.push(engine, registry.image("team/tool:1"));
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

  @Test
  void privateImageIsPulledWithTheSecretAndKept() throws Exception {
    var name = pushed("kept");
    var image = new DockerImage.Registry(name, PrivateRegistry.USER, SECRET);
    try (var harness = harness(ImagePull.Policy.MISSING, PrivateRegistry.PASSWORD)) {
      var first = job("echo in the tool").image(image).build();
      var second = job("echo again").image(image).build();

      assertThat(harness.run(first)).isEqualTo(new Ending.Exited(0, ""));
      assertThat(harness.stdout(first)).isEqualTo("in the tool\n");
      assertThat(harness.systemLog(first))
          .contains("Pulling image '" + name + "'")
          .contains("Image '" + name + "' is pulled")
          .doesNotContain(PrivateRegistry.PASSWORD);

      assertThat(harness.run(second)).isEqualTo(new Ending.Exited(0, ""));
      assertThat(harness.systemLog(second)).contains("Image '" + name + "' exists");
    } finally {
      forget(name);
    }
  }

  @Test
  void plainPasswordOfOtherSdksIsTaken() throws Exception {
    var name = pushed("plain");
    var password = new Password.Plain(PrivateRegistry.PASSWORD);
    var image = new DockerImage.Registry(name, PrivateRegistry.USER, password);
    try (var harness = harness(ImagePull.Policy.ALWAYS, "")) {
      assertThat(harness.run(job("true").image(image).build())).isEqualTo(new Ending.Exited(0, ""));
    } finally {
      forget(name);
    }
  }

  @Test
  void wrongPasswordIsNamedAsTheCause() throws Exception {
    var name = pushed("wrong");
    var image = new DockerImage.Registry(name, PrivateRegistry.USER, SECRET);
    try (var harness = harness(ImagePull.Policy.MISSING, "wr0ng")) {
      var job = job("true").image(image).build();

      assertFailed(harness.run(job), name, "Check username and password");
      assertThat(harness.systemLog(job)).doesNotContain("wr0ng");
    }
  }

  @Test
  void privateImageWithoutLoginSaysHowToLogIn() throws Exception {
    var name = pushed("bare");
    try (var harness = harness(ImagePull.Policy.MISSING, "")) {
      var job = job("true").image(new DockerImage.Registry(name, "", null)).build();

      assertFailed(harness.run(job), name, "docker login");
    }
  }

  @Test
  void tagThatIsNotThereIsNamed() {
    var absent = registry.image("team/tool:2");
    var image = new DockerImage.Registry(absent, PrivateRegistry.USER, SECRET);
    try (var harness = harness(ImagePull.Policy.MISSING, PrivateRegistry.PASSWORD)) {
      assertFailed(harness.run(job("true").image(image).build()), absent, "Check its name and tag");
    }
  }

  @Test
  void nothingIsPulledWhereThatIsForbidden() throws Exception {
    var name = pushed("never");
    var image = new DockerImage.Registry(name, PrivateRegistry.USER, SECRET);
    try (var harness = harness(ImagePull.Policy.NEVER, PrivateRegistry.PASSWORD)) {
      assertFailed(harness.run(job("true").image(image).build()), name, "--pull never");
    }
  }

  /** Also where the pull has failed, so that its failure is the one that is told. */
  private void forget(String image) throws DockerEngineException {
    engine.tell(() -> {
      engine.client().removeImageCmd(image).exec();
      return "";
    });
  }

  private String pushed(String tag) throws InterruptedException {
    var name = registry.image("team/tool:" + tag);
    registry.push(engine, name);
    return name;
  }

  private RunnerHarness harness(ImagePull.Policy policy, String password) {
    var plain = JobResources.within(folder);
    var resources = new JobResources(
        Map.of("REGISTRY-PASSWORD", password), plain.folders(), null, Map.of(), plain.limits());
    var standard = RealEngine.settings(folder, Durability.LEASED, resources);
    var images = new JobImages(Map.of(), Map.of(), RealEngine.image(), policy, Optional.empty());
    var settings = new DockerSettings(
        standard.folder(),
        standard.durability(),
        standard.ownership(),
        resources,
        images,
        standard.size(),
        standard.machine());
    return new RunnerHarness(
        (ports, events) -> DockerRunner.start(RealEngine.connect(), settings, ports, events));
  }

  private static void assertFailed(Ending ending, String... words) {
    assertThat(ending).isInstanceOf(Ending.Failed.class);
    assertThat(((Ending.Failed) ending).code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    assertThat(((Ending.Failed) ending).message()).contains(words);
  }
}
