package io.github.datasphere.emulator.store.h2;

import static io.github.datasphere.emulator.job.JobStatus.CREATING;
import static io.github.datasphere.emulator.job.JobStatus.SUCCESS;
import static io.github.datasphere.emulator.store.SampleJobs.id;
import static io.github.datasphere.emulator.store.SampleJobs.job;
import static io.github.datasphere.emulator.store.SampleJobs.key;
import static io.github.datasphere.emulator.store.SampleJobs.operation;
import static io.github.datasphere.emulator.store.SampleJobs.project;
import static io.github.datasphere.emulator.store.SampleJobs.remove;
import static io.github.datasphere.emulator.store.SampleJobs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal makes up for. */
class JournaledDatabaseTest {
  @TempDir
  Path temporary;

  private Path directory;
  private Path earlier;

  /** A database with job 1, and a copy of it that knows nothing of what comes later. */
  @BeforeEach
  void makeDatabaseAndCopy() throws IOException {
    directory = temporary.resolve("state");
    earlier = temporary.resolve("earlier.mv.db");
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(1, CREATING, "first")));
    }
    Files.copy(file(), earlier);
  }

  @Test
  void fileOfAProcessThatWasKilledIsNotTrusted() throws IOException {
    var killed = temporary.resolve("killed");
    var empty = temporary.resolve("empty");
    H2JobStore.open(empty).close();
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(2, SUCCESS, "second")));
      copy(directory, killed);
    }
    // A sound one without its rows, as was seen after a kill
    Files.copy(
        empty.resolve("state.mv.db"),
        killed.resolve("state.mv.db"),
        StandardCopyOption.REPLACE_EXISTING);
    for (int start = 0; start < 2; start++) {
      try (var store = H2JobStore.open(killed)) {
        assertThat(store.job(id(1))).isPresent();
        assertThat(store.job(id(2))).contains(job(2, SUCCESS, "second"));
      }
    }
  }

  @Test
  void spoiledCopyReplacesNothing() throws IOException {
    var killed = temporary.resolve("killed");
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(2, SUCCESS, "second")));
      copy(directory, killed);
    }
    Files.write(killed.resolve("state.backup.mv.db"), new byte[5000]);
    try (var store = H2JobStore.open(killed)) {
      assertThat(store.job(id(1))).isPresent();
      assertThat(store.job(id(2))).contains(job(2, SUCCESS, "second"));
    }
  }

  @Test
  void whatTheDatabaseHadNotWrittenIsThereAfterARestart() throws IOException {
    long seq;
    try (var store = H2JobStore.open(directory)) {
      var second = job(2, SUCCESS, "second");
      store.commit(
          new Changes(second, null, List.of(operation("op", second)), List.of(project("p", "c"))));
      store.commit(remove(job(1, CREATING)));
      store.commit(write(job(300, SUCCESS, "third")));
      seq = store.nextSeq();
    }
    loseLatest();
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(id(1))).isEmpty();
      assertThat(store.job(id(2))).contains(job(2, SUCCESS, "second"));
      assertThat(store.operation(new OperationId("op")))
          .contains(operation("op", job(2, SUCCESS, "second")));
      assertThat(store.project(new ProjectId("p"))).contains(project("p", "c"));
      assertThat(store.isClaimed(key("first"))).isFalse();
      assertThat(store.isClaimed(key("third"))).isTrue();
      assertThat(store.nextSeq()).isGreaterThan(Math.max(300, seq - 1));
    }
  }

  @Test
  void laterRecordsFollowThoseThatWereReadAgain() throws IOException {
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(2, SUCCESS)));
    }
    loseLatest();
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(3, SUCCESS)));
    }
    loseLatest();
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(id(2))).isPresent();
      assertThat(store.job(id(3))).isPresent();
    }
  }

  @Test
  void tornLastRecordCostsNothingElse() throws IOException {
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(2, SUCCESS)));
      store.commit(write(job(3, SUCCESS)));
    }
    loseLatest();
    var journal = directory.resolve("journal");
    var whole = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(whole, whole.length - 5));
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(id(2))).isPresent();
      assertThat(store.job(id(3))).isEmpty();
    }
  }

  @Test
  void nothingIsLostWhenTheDatabaseClosesItself() throws SQLException {
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(2, SUCCESS)));
      crash();
      assertThat(store.job(id(2))).isPresent();
      crash();
      store.commit(write(job(3, SUCCESS)));
      assertThat(store.job(id(2))).isPresent();
      assertThat(store.job(id(3))).isPresent();
    }
  }

  @Test
  void numbersOfJobsAreNotGivenTwiceWhenTheDatabaseClosesItself() throws SQLException {
    try (var store = H2JobStore.open(directory)) {
      long last = store.nextSeq();
      for (int i = 0; i < 1000; i++) {
        last = store.nextSeq();
      }
      crash();
      assertThat(store.nextSeq()).isGreaterThan(last);
    }
  }

  @Test
  void databaseThatIsMissingOrDamagedIsMadeAgainFromItsCopyAndTheJournal() throws IOException {
    try (var store = H2JobStore.open(directory)) {
      store.commit(write(job(2, SUCCESS)));
    }
    Files.delete(file());
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(id(1))).isPresent();
      store.commit(write(job(3, SUCCESS)));
    }
    Files.write(file(), new byte[20_000]);
    try (var store = H2JobStore.open(directory)) {
      assertThat(store.job(id(1))).isPresent();
      assertThat(store.job(id(2))).isPresent();
      assertThat(store.job(id(3))).isPresent();
    }
    assertThat(Files.size(directory.resolve("state.damaged.mv.db"))).isEqualTo(20_000);
  }

  @Test
  void databaseThatIsMissingWithItsCopyIsNotBegunAnew() throws IOException {
    Files.delete(file());
    Files.delete(directory.resolve("state.backup.mv.db"));
    assertThatThrownBy(() -> H2JobStore.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the file is missing")
        .hasMessageContaining("Put back a copy")
        .hasMessageContaining("move it away");
    assertThat(file()).doesNotExist();
  }

  private void loseLatest() throws IOException {
    Files.copy(earlier, file(), StandardCopyOption.REPLACE_EXISTING);
  }

  /** What H2 does to itself when it cannot write. */
  private void crash() throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:h2:async:" + directory.resolve("state"), "sa", "");
        var statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    }
  }

  private Path file() {
    return directory.resolve("state.mv.db");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (var files = Files.list(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
