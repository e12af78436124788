package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.docker.cache.InputCache;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import io.github.datasphere.emulator.runner.run.Runs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on an engine far away that keeps their large inputs. */
class KeptInputsIT {
  private static final int LARGE = 17 << 20;
  private static final String WITHOUT_CP = "b1gwithoutcp00000000";

  private static DerivedImage image;

  @TempDir
  Path folder;

  private TcpRelay relay;
  private RunnerHarness jobs;
  private InputCache cache;

  @BeforeAll
  static void makeTheImage() {
    image = new DerivedImage("without-cp", List.of("bash", "-c", "rm $(type -P cp)"));
  }

  @AfterAll
  static void removeTheImage() throws DockerEngineException {
    if (image != null) {
      image.close();
    }
  }

  @BeforeEach
  void start() throws DockerEngineException {
    relay = new TcpRelay(RealEngine.socket());
    var engine = DockerEngine.connect(relay.environment(), Duration.ofSeconds(30));
    var known = RealEngine.settings(folder, Durability.LEASED, JobResources.within(folder));
    var settings = new DockerSettings(
        known.folder(),
        known.durability(),
        known.ownership(),
        known.resources(),
        RealEngine.images(Map.of(WITHOUT_CP, image.name())),
        known.size(),
        Map.of());
    cache = new InputCache(known.ownership(), 1 << 30);
    jobs = new RunnerHarness((ports, events) -> {
      var parts = RunnerParts.of("kept", ports, events, known.resources(), known.durability());
      return new Runs(DockerRunner.backend(engine, settings, parts, cache), parts);
    });
  }

  @AfterEach
  void stop() throws IOException {
    if (jobs != null) {
      jobs.close();
      try (var engine = RealEngine.connect()) {
        cache.close(engine);
      }
    }
    if (relay != null) {
      relay.close();
    }
  }

  @Test
  void fileGoesToTheEngineOnceAndEachJobHasItsOwnCopy() throws IOException {
    var content = noise();
    var file = jobs.file("data/large.bin", "LARGE", content, Compression.NONE);

    for (int i = 0; i < 3; i++) {
      var job = reading(file);
      assertThat(jobs.run(job)).isEqualTo(new Ending.Exited(0, ""));
      assertThat(jobs.stdout(job)).isEqualTo("755 " + Sha256.hex(content) + "  -\n");
      jobs.runner().release(job.id());
    }

    assertThat(relay.sent()).isBetween((long) LARGE, LARGE * 3L / 2);
  }

  @Test
  void directoryGoesToTheEngineOnce() {
    var directory = jobs.directory(
        "data",
        "DATA",
        Map.of(
            "sub/large", new String(noise(), StandardCharsets.ISO_8859_1), "small", "a small one"));
    var before = relay.sent();

    for (int i = 0; i < 2; i++) {
      var job = job("cd ${DATA}; cat small; wc -c < sub/large; rm -r sub small")
          .input(directory)
          .build();
      assertThat(jobs.run(job)).isEqualTo(new Ending.Exited(0, ""));
      assertThat(jobs.stdout(job)).startsWith("a small one").contains("2");
      assertThat(jobs.systemLog(job)).contains("is a copy of what the engine keeps");
    }

    assertThat(relay.sent() - before).isLessThan(LARGE * 3L);
  }

  @Test
  void imageWithoutCpGetsTheFileDirectly() throws IOException {
    var content = noise();
    var file = jobs.file("large.bin", "LARGE", content, Compression.NONE);
    var job = job("sha256sum < ${LARGE}")
        .input(file)
        .image(new DockerImage.Resource(WITHOUT_CP))
        .build();

    assertThat(jobs.run(job)).isEqualTo(new Ending.Exited(0, ""));
    assertThat(jobs.stdout(job)).isEqualTo(Sha256.hex(content) + "  -\n");
  }

  @Test
  void fileThatIsGoneIsToldAsWithoutACache() {
    var file = jobs.file("large.bin", "LARGE", noise(), Compression.NONE);
    jobs.forget(file);

    var ending = jobs.run(reading(file));

    assertThat(ending).isInstanceOf(Ending.Failed.class);
    assertThat(ending.toString()).contains("could not be placed", "NoSuchFileException");
  }

  private static Job reading(JobFile file) {
    return job("stat -c %a ${LARGE} | tr '\\n' ' '; sha256sum < ${LARGE}; echo mine > ${LARGE};"
            + " [ $(cat ${LARGE}) = mine ] || exit 9")
        .input(file)
        .build();
  }

  private static byte[] noise() {
    var content = new byte[LARGE];
    new Random(1).nextBytes(content);
    return content;
  }
}
