package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.SampleJobs;
import io.github.datasphere.emulator.store.h2.H2JobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneCommandTest {
  private static final String KEPT = "a".repeat(64);
  private static final String ORPHAN = "b".repeat(64);

  @TempDir
  Path folder;

  private Path data;
  private Shell shell;

  /** A job with data, one without, an operation of one that is gone, files and logs of each. */
  @BeforeEach
  void fillDataDirectory() throws IOException {
    data = folder.resolve("data");
    shell = new Shell(folder);
    try (var store = H2JobStore.open(data.resolve("state"))) {
      var kept = SampleJobs.job(1, JobStatus.SUCCESS, KEPT);
      var cleared = SampleJobs.cleared(SampleJobs.job(2, JobStatus.SUCCESS));
      var gone = SampleJobs.job(3, JobStatus.SUCCESS);
      store.commit(new Changes(kept, null, List.of(done("kept", kept)), List.of()));
      store.commit(new Changes(cleared, null, List.of(done("cleared", cleared)), List.of()));
      store.commit(new Changes(null, gone.id(), List.of(done("gone", gone)), List.of()));
    }
    var files = data.resolve("files/projects/" + SampleJobs.PROJECT.value());
    for (var digest : List.of(KEPT, ORPHAN)) {
      Files.createDirectories(files.resolve(digest.substring(0, 2)));
      Files.writeString(files.resolve(digest.substring(0, 2)).resolve(digest), "12345");
    }
    Files.createDirectories(data.resolve("logs"));
    Files.createFile(data.resolve("logs").resolve(SampleJobs.id(1).value() + ".log"));
    Files.createFile(data.resolve("logs").resolve(SampleJobs.id(3).value() + ".log"));
  }

  @Test
  void showsWhatItWouldRemoveAndLeavesIt() {
    assertThat(shell.run("prune", "--data-dir", data.toString())).isZero();
    assertThat(shell.out())
        .contains("Would remove")
        .contains("  1 jobs whose data are cleared")
        .contains("  2 operations of these and of deleted jobs")
        .contains("  1 files that no job needs, 5 bytes")
        .contains("  1 logs of deleted jobs")
        .contains("prune --yes");
    try (var store = H2JobStore.open(data.resolve("state"))) {
      assertThat(store.job(SampleJobs.id(2))).isPresent();
      assertThat(store.operation(new OperationId("gone"))).isPresent();
    }
    assertThat(data.resolve("logs")).isDirectoryContaining("glob:**" + SampleJobs.id(3) + "*");
  }

  @Test
  void removesThatAndNothingElse() throws IOException {
    assertThat(shell.run("prune", "--yes", "--data-dir", data.toString())).isZero();
    assertThat(shell.out()).contains("Removed.");
    try (var store = H2JobStore.open(data.resolve("state"))) {
      assertThat(store.job(SampleJobs.id(1))).isPresent();
      assertThat(store.operation(new OperationId("kept"))).isPresent();
      assertThat(store.job(SampleJobs.id(2))).isEmpty();
      assertThat(store.operation(new OperationId("cleared"))).isEmpty();
      assertThat(store.operation(new OperationId("gone"))).isEmpty();
    }
    try (var left = Files.walk(data)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .contains(KEPT, SampleJobs.id(1).value() + ".log")
          .doesNotContain(ORPHAN, SampleJobs.id(3).value() + ".log");
    }
  }

  @Test
  void whenThereIsNothingLeftItSaysSo() {
    shell.run("prune", "--yes", "--data-dir", data.toString());
    assertThat(shell.run("prune", "--data-dir", data.toString())).isZero();
    assertThat(shell.out()).contains("Nothing to remove.");
  }

  @Test
  void saysThatFilesInMinioAreNotItsOwn() {
    var shell = new Shell(folder, Map.of("DATASPHERE_EMULATOR_STORAGE", "minio"));
    assertThat(shell.run("prune", "--data-dir", data.toString())).isZero();
    assertThat(shell.out()).contains("Files in MinIO are left alone");
  }

  @Test
  void folderWithoutDataIsNamed() {
    assertThat(shell.run("prune", "--data-dir", folder.resolve("other").toString()))
        .isEqualTo(1);
    assertThat(shell.err()).contains("other").contains("--data-dir");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  private static Operation done(String id, Job job) {
    return SampleJobs.operation(id, job).ended(new OperationResult.Done(), job, SampleJobs.NOON);
  }
}
