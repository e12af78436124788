package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerContract;
import io.github.datasphere.emulator.runner.TestJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An engine that cannot see the folders of this machine: they are copied, and copied back. */
class RemoteEngineIT extends RunnerContract {
  private TcpRelay relay;

  @Override
  protected Factory factory() {
    var host = RealEngine.socket();
    relay = new TcpRelay(host);
    return (folder, resources, ports, events) -> {
      try {
        var engine = DockerEngine.connect(relay.environment(), Duration.ofSeconds(10));
        assertThat(engine.facts().isLocal()).isFalse();
        var settings = RealEngine.settings(folder, Durability.LEASED, resources);
        return DockerRunner.start(engine, settings, ports, events);
      } catch (DockerEngineException e) {
        throw new AssertionError(e);
      }
    };
  }

  @AfterEach
  void closeTheRelay() throws IOException {
    if (relay != null) {
      relay.close();
    }
  }

  @Test
  void datasetIsThereAndKeepsWhatItHas() {
    var job = job("cat ${" + DATASET + "}/part.txt; rm ${" + DATASET + "}/part.txt")
        .dataset(DATASET)
        .build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    harness.collect(job);

    assertThat(harness.stdout(job)).isEqualTo("of the dataset\n");
    assertThat(folder.resolve("set/part.txt")).exists();
  }

  @Test
  void projectDiskKeepsWhatJobsWriteForLaterOnes() {
    var first = job("mkdir \"$DS_PROJECT_HOME/sub\"; echo kept > \"$DS_PROJECT_HOME/sub/file\"")
        .projectDisk()
        .build();
    harness.run(first);
    harness.collect(first);

    var second = job("cat ${DS_PROJECT_HOME}/sub/file").projectDisk().build();
    harness.run(second);

    assertThat(harness.stdout(second)).isEqualTo("kept\n");
  }

  @Test
  void newerFileOfThisMachineIsNotUndone() throws IOException {
    var disk =
        Files.createDirectories(folder.resolve("project-disks").resolve(TestJobs.PROJECT.value()));
    var both = file(disk.resolve("both"), "old", Instant.now().minusSeconds(1000));
    var job = job("echo more > \"$DS_PROJECT_HOME/new\"").projectDisk().build();
    harness.run(job);
    file(both, "of another job", Instant.now());

    harness.collect(job);

    assertThat(both).hasContent("of another job");
    assertThat(disk.resolve("new")).hasContent("more");
  }

  @Test
  void outputDatasetIsKeptAndReadByALaterJob() {
    var first = job("echo made > ${MADE}/file").outputDataset("made", "MADE").build();
    harness.run(first);
    var id = harness.collect(first).datasets().get(0).id();

    var second = job("cat ${" + id + "}/file").dataset(id).build();
    harness.run(second);

    assertThat(harness.stdout(second)).isEqualTo("made\n");
  }

  private static Path file(Path path, String content, Instant modified) throws IOException {
    Files.writeString(path, content);
    return Files.setLastModifiedTime(path, FileTime.from(modified));
  }
}
