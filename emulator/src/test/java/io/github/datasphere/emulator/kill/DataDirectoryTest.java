package io.github.datasphere.emulator.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.EmulatorException;
import io.github.datasphere.proto.jobs.JobStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A data directory that was moved, cut or changed by hand while no server had it. */
@DisabledOnOs(OS.WINDOWS)
class DataDirectoryTest {
  @TempDir
  Path folder;

  private DataDirectory data;

  @BeforeEach
  void runAJob() throws Exception {
    data = DataDirectory.make(folder.resolve("data"));
  }

  @Test
  void copyWorksElsewhereWithoutTheOriginal() throws Exception {
    var elsewhere = folder.resolve("another").resolve("place");
    copy(data.path(), elsewhere);
    Files.move(data.path(), folder.resolve("gone"));

    try (var emulator = DataDirectory.start(elsewhere);
        var client = new JobClient(emulator.addresses().grpc())) {
      assertSound(client);
      var again = DataDirectory.upload(client, data.content());
      client.execute(again);
      DataDirectory.awaitEnd(client, again);
      assertThat(client.get(again).getStatus()).isEqualTo(JobStatus.SUCCESS);
    }
    assertThat(data.path()).doesNotExist();
  }

  /** Whatever the half is: too little to be read, of an earlier time, or all that counts. */
  @Test
  void halfOfADatabaseCostsNothing() throws Exception {
    cut(data.state("state.mv.db"), Files.size(data.state("state.mv.db")) / 2);

    try (var emulator = data.start();
        var client = new JobClient(emulator.addresses().grpc())) {
      assertSound(client);
    }
  }

  @Test
  void truncatedDatabaseIsMadeAgain() throws Exception {
    cut(data.state("state.mv.db"), 5000);

    try (var emulator = data.start();
        var client = new JobClient(emulator.addresses().grpc())) {
      assertSound(client);
    }
    assertThat(data.state("state.damaged.mv.db")).exists();
  }

  @Test
  void databaseThatCantBeMadeAgainIsLeftAsItIs() throws Exception {
    cut(data.state("state.mv.db"), 5000);
    cut(data.state("state.backup.mv.db"), 4000);
    var before = Files.readAllBytes(data.state("state.mv.db"));

    for (int start = 0; start < 2; start++) {
      assertThatThrownBy(data::start)
          .isInstanceOf(EmulatorException.class)
          .hasMessageContaining("state.mv.db cannot be read")
          .hasMessageContaining("Put back a copy");
    }

    assertThat(data.state("state.mv.db")).hasBinaryContent(before);
    assertThat(Files.size(data.state("state.backup.mv.db"))).isEqualTo(4000);
    assertThat(data.storedFile()).hasBinaryContent(data.content());
  }

  @Test
  void directoryOfALaterVersionIsRefusedAndServedByIt() throws Exception {
    layout("99");
    assertThatThrownBy(data::start)
        .isInstanceOf(EmulatorException.class)
        .hasMessageContaining("later version")
        .hasMessageContaining("--data-dir");

    layout("2");
    try (var emulator = data.start();
        var client = new JobClient(emulator.addresses().grpc())) {
      assertSound(client);
    }
  }

  @Test
  void tornEndOfALogCostsItsLastRecordAlone() throws Exception {
    var log = data.path().resolve("logs").resolve(data.job() + ".log");
    cut(log, Files.size(log) - 20);

    try (var emulator = data.start();
        var client = new JobClient(emulator.addresses().grpc())) {
      assertThat(client.stdout(data.job(), text -> {})).isEqualTo("done\n");
      assertThat(client.download(client.get(data.job()))).isEqualTo(data.content());
    }
  }

  @Test
  void missingFileIsNotFoundAndAskedForAgain() throws Exception {
    Files.delete(data.storedFile());

    try (var emulator = data.start();
        var client = new JobClient(emulator.addresses().grpc())) {
      var job = client.get(data.job());
      assertThat(job.getStatus()).isEqualTo(JobStatus.SUCCESS);
      assertThatThrownBy(() -> client.download(job))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("404")
          .hasMessageContaining("not stored");

      DataDirectory.upload(client, data.content());

      assertThat(client.download(job)).isEqualTo(data.content());
    }
  }

  @Test
  void changedFileIsGivenToNobodyAndMendedByAnUpload() throws Exception {
    change(data.storedFile());

    try (var emulator = data.start();
        var client = new JobClient(emulator.addresses().grpc())) {
      var job = client.get(data.job());
      assertThatThrownBy(() -> client.download(job))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("changed by hand")
          .hasMessageContaining("create the job again");

      DataDirectory.upload(client, data.content());

      assertThat(client.download(job)).isEqualTo(data.content());
    }
  }

  @Test
  void jobOnAChangedFileEndsWithWords() throws Exception {
    String job;
    try (var emulator = data.start();
        var client = new JobClient(emulator.addresses().grpc())) {
      job = DataDirectory.upload(client, data.content());
    }
    change(data.storedFile());

    try (var emulator = data.start();
        var client = new JobClient(emulator.addresses().grpc())) {
      client.execute(job);
      DataDirectory.awaitEnd(client, job);

      assertThat(client.get(job).getStatus()).isEqualTo(JobStatus.ERROR);
      assertThat(client.get(job).getStatusDetails()).contains("changed by hand");
      assertThat(client.get(data.job()).getStatus()).isEqualTo(JobStatus.SUCCESS);
    }
  }

  private void assertSound(JobClient client) throws Exception {
    var job = client.get(data.job());
    assertThat(job.getStatus()).isEqualTo(JobStatus.SUCCESS);
    assertThat(client.operation(data.operation()).getDone()).isTrue();
    assertThat(client.stdout(data.job(), text -> {})).isEqualTo("done\n");
    assertThat(client.download(job)).isEqualTo(data.content());
  }

  private void layout(String version) throws Exception {
    var state = data.path().resolve("state").resolve("state");
    try (var connection = DriverManager.getConnection("jdbc:h2:async:" + state, "sa", "");
        var statement = connection.createStatement()) {
      statement.execute("UPDATE layout SET version = " + version);
    }
  }

  private static void cut(Path file, long length) throws IOException {
    try (var open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(length);
    }
  }

  private static void change(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, target);
        }
      }
    }
  }
}
