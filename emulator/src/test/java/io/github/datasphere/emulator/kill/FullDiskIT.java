package io.github.datasphere.emulator.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.SmallDisk;
import io.github.datasphere.proto.jobs.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full while jobs run; needs the right to mount one. */
@EnabledOnOs(OS.LINUX)
class FullDiskIT {
  private static final int JOBS = 3;

  @TempDir
  Path folder;

  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(folder.resolve("disk"), "32m");
  }

  @AfterEach
  void unmount() throws Exception {
    SmallDisk.unmount(disk);
  }

  @Test
  void jobsWaitForRoomAndTheLogSaysSoOnce() throws Exception {
    var gate = folder.resolve("gate");
    var filler = disk.resolve("filler");
    var server = KilledServer.start(disk);
    try (var client = new JobClient(server.address())) {
      var jobs = new String[JOBS];
      for (int i = 0; i < JOBS; i++) {
        var command = "while ! [ -e " + gate + " ]; do sleep 0.1; done; cp in.bin out.bin";
        jobs[i] = JobClient.created(client.create(command, new byte[0])).getJobId();
        client.execute(jobs[i]);
      }
      awaitStatus(client, jobs, EnumSet.of(JobStatus.EXECUTING));
      SmallDisk.fill(filler);
      var filling = keepFull(filler);
      try {
        Files.createFile(gate);
        assertThatTheLogSaysOnceThatJobsWait();
      } finally {
        filling.destroyForcibly();
        filling.onExit().join();
      }

      Files.delete(filler);
      // Their supervisors had no room to note an exit code either
      awaitStatus(client, jobs, EnumSet.of(JobStatus.SUCCESS, JobStatus.ERROR));
      // It is said after the last of the waiting work, which these are
      await()
          .untilAsserted(() -> assertThat(said())
              .filteredOn(line -> line.contains("works again"))
              .hasSize(1));
    } finally {
      server.stop();
    }
  }

  /** What jobs free at their ends is taken at once: else the disk serves for a moment. */
  private static Process keepFull(Path filler) throws IOException {
    return new ProcessBuilder(
            "sh", "-c", "while :; do dd if=/dev/zero bs=4096 2>&-; sleep 0.02; done")
        .redirectOutput(ProcessBuilder.Redirect.appendTo(filler.toFile()))
        .start();
  }

  /** Each of the jobs is tried again in each of these seconds. */
  private void assertThatTheLogSaysOnceThatJobsWait() throws IOException {
    await().atMost(Duration.ofSeconds(30)).until(() -> waits() > 0);
    await().during(Duration.ofSeconds(4)).until(() -> waits() == 1);
    assertThat(said()).filteredOn(line -> line.contains("WARN")).hasSizeLessThan(5);
  }

  private static void awaitStatus(JobClient client, String[] jobs, Set<JobStatus> statuses) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> List.of(jobs).stream()
            .allMatch(job -> statuses.contains(client.get(job).getStatus())));
  }

  private long waits() throws IOException {
    return said().stream().filter(line -> line.contains("waits for the disk")).count();
  }

  private List<String> said() throws IOException {
    return Files.readAllLines(KilledServer.log(disk).toPath());
  }
}
