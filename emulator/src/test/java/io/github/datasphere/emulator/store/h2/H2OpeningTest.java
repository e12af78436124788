package io.github.datasphere.emulator.store.h2;

import static io.github.datasphere.emulator.job.JobStatus.EXECUTING;
import static io.github.datasphere.emulator.job.JobStatus.SUCCESS;
import static io.github.datasphere.emulator.store.SampleJobs.id;
import static io.github.datasphere.emulator.store.SampleJobs.job;
import static io.github.datasphere.emulator.store.SampleJobs.key;
import static io.github.datasphere.emulator.store.SampleJobs.operation;
import static io.github.datasphere.emulator.store.SampleJobs.project;
import static io.github.datasphere.emulator.store.SampleJobs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2OpeningTest {
  @TempDir
  Path directory;

  @Test
  void everythingIsThereAfterARestart() {
    Job job;
    try (var store = H2JobStore.open(directory)) {
      job = job(store.nextSeq(), EXECUTING, "a");
      store.commit(
          new Changes(job, null, List.of(operation("op", job)), List.of(project("p", "c"))));
    }
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(job.id())).contains(job);
      assertThat(store.active()).containsExactly(job);
      assertThat(store.operation(new OperationId("op"))).contains(operation("op", job));
      assertThat(store.project(new ProjectId("p"))).contains(project("p", "c"));
      assertThat(store.isClaimed(key("a"))).isTrue();
      assertThat(store.nextSeq()).isGreaterThan(job.seq());
    }
  }

  @Test
  void directoryMayBeMovedAndCopied() throws IOException {
    var first = directory.resolve("first");
    try (var store = H2JobStore.open(first)) {
      store.commit(write(job(1, SUCCESS)));
    }
    var second = directory.resolve("second");
    Files.move(first, second);
    try (var store = H2JobStore.open(second)) {
      assertThat(store.job(id(1))).isPresent();
    }
  }

  @Test
  void directoryOfALaterVersionIsRefusedAndLeftAsItIs() throws Exception {
    H2JobStore.open(directory).close();
    sql("UPDATE layout SET version = 99");
    var before = Files.readAllBytes(file());
    assertThatThrownBy(() -> H2JobStore.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("later version")
        .hasMessageContaining("99");
    assertThat(file()).hasBinaryContent(before);
  }

  @Test
  void directoryOfAnEarlierVersionIsMigratedAndACopyKept() throws Exception {
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(1, SUCCESS)));
    }
    sql("DROP INDEX job_by_deadline; UPDATE layout SET version = 0");
    var before = Files.readAllBytes(file());
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(id(1))).isPresent();
    }
    assertThat(directory.resolve("state.layout-0.mv.db")).hasBinaryContent(before);
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(id(1))).isPresent();
    }
  }

  @Test
  void truncatedDatabaseIsRefusedAndLeftAsItIs() throws IOException {
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(1, SUCCESS)));
    }
    var whole = Files.readAllBytes(file());
    for (int length : new int[] {0, 10, 4096, 8192, 10_000}) {
      var cut = Arrays.copyOf(whole, length);
      var other = Files.createDirectory(directory.resolve("cut" + length));
      Files.write(other.resolve("state.mv.db"), cut);
      assertThatThrownBy(() -> H2JobStore.open(other))
          .as("%d bytes", length)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("state.mv.db cannot be read")
          .hasMessageContaining("Put back a copy");
      assertThat(other.resolve("state.mv.db")).hasBinaryContent(cut);
    }
  }

  @Test
  void fileOfAnotherKindIsRefused() throws IOException {
    Files.writeString(file(), "not a database".repeat(1000));
    assertThatThrownBy(() -> H2JobStore.open(directory)).isInstanceOf(StoreException.class);
  }

  @Test
  void leftoverOfACrashWhileTheDatabaseWasMadeIsNoHindrance() throws IOException {
    Files.writeString(directory.resolve("new-state.mv.db"), "half");
    H2JobStore.open(directory).close();
    assertThat(directory.resolve("new-state.mv.db")).doesNotExist();
  }

  @Test
  void directoryThatCannotBeMadeIsNamed() throws IOException {
    var inTheWay = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> H2JobStore.open(inTheWay.resolve("data")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(inTheWay.toString());
  }

  /** The end of such a thread is waited for, and one that has just begun may not hear of it. */
  @Test
  void noThreadThatSleepsForDaysIsEndedByAnOpening() {
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(1, SUCCESS)));
    }
    var begun = new WritersBegun();
    begun.set("here");
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(id(1))).isPresent();
    } finally {
      begun.remove();
    }
    // The one that stays
    assertThat(begun.count).isEqualTo(1);
  }

  /** Is told of each thread that the thread of a test begins, and counts those that write. */
  private static final class WritersBegun extends InheritableThreadLocal<String> {
    private int count;

    @Override
    protected String childValue(String parent) {
      count += StackWalker.getInstance()
              .walk(frames ->
                  frames.anyMatch(frame -> frame.getMethodName().equals("setAutoCommitDelay")))
          ? 1
          : 0;
      return parent;
    }
  }

  private Path file() {
    return directory.resolve("state.mv.db");
  }

  private void sql(String statements) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:h2:async:" + directory.resolve("state"), "sa", "");
        var statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }
}
