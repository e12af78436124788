package io.github.datasphere.emulator.store.h2;

import static io.github.datasphere.emulator.job.JobStatus.CREATING;
import static io.github.datasphere.emulator.job.JobStatus.SUCCESS;
import static io.github.datasphere.emulator.store.SampleJobs.id;
import static io.github.datasphere.emulator.store.SampleJobs.job;
import static io.github.datasphere.emulator.store.SampleJobs.key;
import static io.github.datasphere.emulator.store.SampleJobs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.store.StoreException;
import io.github.datasphere.emulator.store.h2.FailingCommits.Next;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A COMMIT that fails while the database stays open. */
class FailedCommitTest {
  @TempDir
  Path temporary;

  private final FailingCommits commits = new FailingCommits();
  private Path directory;
  private H2JobStore store;
  private int kills;

  @BeforeEach
  void open() {
    directory = temporary.resolve("state");
    store = H2JobStore.open(directory, commits);
    store.commit(write(job(1, CREATING, "first")));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void leavesEverythingAsItWas() throws IOException {
    fail();
    assertFirst(store);
    assertThat(store.job(id(2))).isEmpty();
    try (var started = afterKill()) {
      assertFirst(started);
      assertThat(started.job(id(2))).isEmpty();
      assertThat(started.isClaimed(key("second"))).isFalse();
    }
  }

  @Test
  void isNotMadeByAStartThatFindsLaterOnes() throws IOException {
    fail();
    store.commit(write(job(3, SUCCESS, "third")));
    try (var started = afterKill()) {
      assertThat(started.job(id(2))).isEmpty();
      assertThat(started.job(id(3))).contains(job(3, SUCCESS, "third"));
      assertThat(started.isClaimed(key("second"))).isFalse();
    }
  }

  @Test
  void mayBeRepeated() throws IOException {
    fail();
    store.commit(write(job(2, SUCCESS, "second")));
    assertThat(store.job(id(2))).isPresent();
    try (var started = afterKill()) {
      assertThat(started.job(id(2))).contains(job(2, SUCCESS, "second"));
    }
  }

  @Test
  void countsIfItWasMadeAllTheSame() throws IOException {
    commits.next(Next.SEEMS_TO_FAIL);
    store.commit(write(job(1, SUCCESS, "second")));
    store.commit(write(job(3, SUCCESS, "third")));
    assertThat(store.job(id(1))).contains(job(1, SUCCESS, "second"));
    try (var started = afterKill()) {
      assertThat(started.job(id(1))).contains(job(1, SUCCESS, "second"));
      assertThat(started.isClaimed(key("first"))).isFalse();
      assertThat(started.job(id(3))).isPresent();
    }
  }

  private void fail() {
    commits.next(Next.FAILS);
    assertThatThrownBy(() -> store.commit(write(job(2, SUCCESS, "second"))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the commit fails");
  }

  private static void assertFirst(H2JobStore store) {
    assertThat(store.job(id(1))).contains(job(1, CREATING, "first"));
  }

  /** What a start finds that comes after a kill: nothing that only the process knew. */
  private H2JobStore afterKill() throws IOException {
    var killed = Files.createDirectory(temporary.resolve("killed-" + kills++));
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        Files.copy(file, killed.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return H2JobStore.open(killed);
  }
}
