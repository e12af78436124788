package io.github.datasphere.emulator.store.h2;

import static io.github.datasphere.emulator.job.JobStatus.CREATING;
import static io.github.datasphere.emulator.job.JobStatus.EXECUTING;
import static io.github.datasphere.emulator.job.JobStatus.SUCCESS;
import static io.github.datasphere.emulator.store.SampleJobs.PROJECT;
import static io.github.datasphere.emulator.store.SampleJobs.id;
import static io.github.datasphere.emulator.store.SampleJobs.job;
import static io.github.datasphere.emulator.store.SampleJobs.key;
import static io.github.datasphere.emulator.store.SampleJobs.operation;
import static io.github.datasphere.emulator.store.SampleJobs.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.ChildJvm;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Submission;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.Environment;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.JobQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2DurabilityTest {
  @TempDir
  Path directory;

  @Test
  void whatWasAcknowledgedOutlivesAKill() throws Exception {
    for (int round = 0; round < 4; round++) {
      var child = H2Child.start(Committer.class, directory);
      var last = Long.parseLong(ChildJvm.lastLineBeforeKill(child, 1 + 40 * round));
      child.waitFor();
      try (var store = H2JobStore.open(directory)) {
        for (long seq = 1; seq <= last; seq++) {
          assertThat(store.job(id(seq))).as("job %d of %d", seq, last).contains(committed(seq));
          assertThat(store.operation(new OperationId("op" + seq))).isPresent();
          assertThat(store.isClaimed(key("d" + seq))).isTrue();
        }
        assertThat(store
                .list(new JobQuery(PROJECT, Set.of(), Long.MAX_VALUE, 1))
                .get(0)
                .seq())
            .isBetween(last, last + 1);
        assertThat(store.nextSeq()).isGreaterThan(last);
      }
    }
  }

  @Test
  void decisionIsThereWholeOrNotAtAll() throws Exception {
    var child = H2Child.start(Committer.class, directory);
    ChildJvm.lastLineBeforeKill(child, 25);
    child.waitFor();
    try (var store = H2JobStore.open(directory)) {
      for (var job : store.list(new JobQuery(PROJECT, Set.of(), Long.MAX_VALUE, 1000))) {
        assertThat(store.operation(new OperationId("op" + job.seq()))).isPresent();
        assertThat(store.isClaimed(key("d" + job.seq()))).isTrue();
      }
    }
  }

  @Test
  void fileStaysSmallWhileManyCommitsAreMade() throws IOException {
    try (var store = H2JobStore.open(directory)) {
      for (long seq = 1; seq <= 1000; seq++) {
        var job = committed(seq);
        store.commit(new Changes(job, null, List.of(operation("op" + seq, job)), List.of()));
      }
      assertThat(Files.size(directory.resolve("state.mv.db"))).isLessThan(16 << 20);
    }
  }

  @Test
  void interruptOfAThreadHarmsNeitherItsCommitNorTheStore() throws Exception {
    try (var store = H2JobStore.open(directory)) {
      var thread = new Thread(() -> {
        for (long seq = 1; seq <= 20; seq++) {
          Thread.currentThread().interrupt();
          store.commit(write(job(seq, EXECUTING)));
        }
      });
      thread.start();
      thread.join();
      assertThat(store.active()).hasSize(20);
    }
  }

  @Test
  void jobOfAnySizeIsKept() {
    var config = "ключ: значение\n".repeat(200_000);
    var job = withConfig(job(1, SUCCESS), config);
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(1, CREATING)));
      store.commit(write(job));
    }
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(id(1))).contains(job);
    }
  }

  @Test
  void passwordIsNowhereToBeRead() throws IOException {
    var secret = "correct horse battery staple";
    var job = withPassword(job(1, EXECUTING), secret);
    try (var store = H2JobStore.open(directory)) {
      store.commit(new Changes(job, null, List.of(operation("op", job)), List.of()));
    }
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(secret);
      }
    }
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(id(1))).contains(job);
    }
  }

  @Test
  void keyOfPasswordsIsForItsOwnerAlone() throws IOException {
    try (var store = H2JobStore.open(directory)) {
      assertThat(directory.resolve("secret.key")).doesNotExist();
      store.commit(write(withPassword(job(1, SUCCESS), "secret")));
    }
    assertThat(PosixFilePermissions.toString(
            Files.getPosixFilePermissions(directory.resolve("secret.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void jobWhosePasswordLostItsKeyIsStillThere() throws IOException {
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(withPassword(job(1, SUCCESS), "secret")));
    }
    Files.delete(directory.resolve("secret.key"));
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(id(1))).contains(withPassword(job(1, SUCCESS), ""));
    }
  }

  private static Job committed(long seq) {
    return job(seq, seq % 2 == 0 ? SUCCESS : EXECUTING, "d" + seq, "shared");
  }

  private static Job withPassword(Job job, String password) {
    var image = new DockerImage.Registry(
        "registry.example/x:1", "user", new DockerImage.Password.Plain(password));
    var p = job.parameters();
    var parameters = new JobParameters(
        p.inputFiles(),
        p.outputFiles(),
        p.s3MountIds(),
        p.datasetIds(),
        p.cmd(),
        new Environment(Map.of(), image, null),
        p.attachProjectDisk(),
        p.instanceTypes(),
        p.workingStorage(),
        p.arguments(),
        p.outputDatasets(),
        p.gracefulShutdown(),
        p.sparkConnectorId());
    return with(job, parameters, "");
  }

  private static Job withConfig(Job job, String config) {
    return with(job, job.parameters(), config);
  }

  private static Job with(Job job, JobParameters parameters, String config) {
    var s = job.submission();
    return new Job(
        job.id(),
        job.projectId(),
        job.seq(),
        new Submission(s.name(), s.desc(), config, parameters, s.createdAt(), s.createdBy(), null),
        job.status(),
        job.statusDetails(),
        job.execution(),
        job.finishedAt(),
        job.results(),
        job.data());
  }

  /** The program that is killed: commits jobs one after another and says so. */
  static final class Committer {
    private Committer() {}

    public static void main(String[] args) {
      try (var store = H2JobStore.open(Path.of(args[0]))) {
        var newest = store.list(new JobQuery(PROJECT, Set.<JobStatus>of(), Long.MAX_VALUE, 1));
        for (long seq = newest.isEmpty() ? 1 : newest.get(0).seq() + 1; ; seq++) {
          while (store.nextSeq() < seq) {}
          var job = committed(seq);
          store.commit(new Changes(job, null, List.of(operation("op" + seq, job)), List.of()));
          System.out.println(seq);
        }
      }
    }
  }
}
