package io.github.datasphere.emulator.store.h2;

import static io.github.datasphere.emulator.job.JobStatus.SUCCESS;
import static io.github.datasphere.emulator.store.SampleJobs.id;
import static io.github.datasphere.emulator.store.SampleJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Submission;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.SampleJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much room the store takes in the long run. */
class WriteAheadLogGrowthTest {
  private static final int CONFIG_BYTES = 200_000;
  private static final long MOST_BYTES = 24 << 20;

  @TempDir
  Path temporary;

  @Test
  void journalOfALongRunStaysSmallAndReadersNoticeNothing() throws Exception {
    var directory = temporary.resolve("state");
    var done = new AtomicBoolean();
    try (var store = H2JobStore.open(directory)) {
      commit(store, 1);
      var reads = CompletableFuture.supplyAsync(() -> {
        int count = 0;
        for (; !done.get(); count++) {
          assertThat(store.job(id(1))).isPresent();
        }
        return count;
      });
      // One job again and again: the database stays small, the journal would not
      for (int change = 0; change < 200; change++) {
        commit(store, 2 + change % 3);
        assertThat(journalBytes(directory)).isLessThan(MOST_BYTES);
      }
      done.set(true);
      assertThat(reads.join()).isPositive();
      assertThat(store.latest(Long.MAX_VALUE, 10)).hasSize(4);
    }
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.latest(Long.MAX_VALUE, 10)).hasSize(4);
    }
  }

  @Test
  void journalStaysSmallThoughNoServerEverComesToItsEnd() throws Exception {
    var directory = temporary.resolve("0");
    var open = new ArrayList<JobStore>();
    for (int kill = 1; kill <= 6; kill++) {
      var store = H2JobStore.open(directory);
      open.add(store);
      for (int change = 0; change < 40; change++) {
        commit(store, kill);
      }
      // What a kill leaves: the files as they are at some moment
      var killed = temporary.resolve(Integer.toString(kill));
      copy(directory, killed);
      directory = killed;
      assertThat(journalBytes(directory)).isLessThan(MOST_BYTES);
    }
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.latest(Long.MAX_VALUE, 10)).hasSize(6);
    }
    open.forEach(JobStore::close);
  }

  @Test
  void whatIsPrunedFreesItsRoom() throws Exception {
    var directory = temporary.resolve("state");
    try (var store = H2JobStore.open(directory)) {
      for (int seq = 1; seq <= 100; seq++) {
        commit(store, seq);
      }
    }
    H2JobStore.open(directory).close();
    var before = bytes(directory, "");
    try (var store = H2JobStore.open(directory)) {
      for (int seq = 2; seq <= 100; seq++) {
        store.commit(SampleJobs.remove(withConfig(seq)));
        store.prune(List.of(new OperationId("op" + seq)));
      }
    }
    assertThat(bytes(directory, "")).isLessThan(before / 10);
    assertThat(Files.getPosixFilePermissions(directory.resolve("state.mv.db")))
        .as("the database was written again")
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(id(1))).contains(withConfig(1));
      assertThat(store.operation(new OperationId("op1"))).isPresent();
      assertThat(store.latest(Long.MAX_VALUE, 10)).hasSize(1);
    }
  }

  private static void commit(JobStore store, long seq) {
    var job = withConfig(seq);
    var operation = SampleJobs.operation("op" + seq, job);
    store.commit(new Changes(job, null, List.of(ended(operation)), List.of()));
  }

  private static Operation ended(Operation operation) {
    return operation.ended(new OperationResult.Done(), null, SampleJobs.NOON);
  }

  private static Job withConfig(long seq) {
    var job = job(seq, SUCCESS);
    var was = job.submission();
    var text = new StringBuilder();
    new Random(seq).ints(CONFIG_BYTES, 'a', 'z').forEach(c -> text.append((char) c));
    return new Job(
        job.id(),
        job.projectId(),
        seq,
        new Submission(
            was.name(),
            was.desc(),
            text.toString(),
            was.parameters(),
            was.createdAt(),
            was.createdBy(),
            was.parent()),
        job.status(),
        job.statusDetails(),
        job.execution(),
        job.finishedAt(),
        job.results(),
        job.data());
  }

  private static long journalBytes(Path directory) throws IOException {
    return bytes(directory, "journal");
  }

  private static long bytes(Path directory, String prefix) throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (var file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
