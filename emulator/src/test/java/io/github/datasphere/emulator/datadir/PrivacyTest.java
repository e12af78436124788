package io.github.datasphere.emulator.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.TestClient;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Another user of the machine looks into a data directory. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class PrivacyTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir
  private Path folder;

  @Test
  void nothingInADataDirectoryIsReadableByOthers() throws Exception {
    var data = folder.resolve("data");
    try (var emulator = Emulator.inProcess(config(data));
        var client = new TestClient(emulator.channel())) {
      upload(client.uploadUrl());
      var id = client.create(JobParameters.newBuilder().setCmd("echo hello"), "hello");
      client.executeCreated(id);
      await().atMost(LONG).until(() -> client.get(id).getStatus() == JobStatus.SUCCESS);

      assertThat(List.of("files", "logs", "state"))
          .allMatch(name -> Files.isDirectory(data.resolve(name)));
      assertThat(readableByOthers(data)).isEmpty();
    }
    assertThat(readableByOthers(data)).isEmpty();
  }

  @Test
  void whatIsReadableIsMendedAtTheNextStart() throws Exception {
    var data = folder.resolve("data");
    Emulator.inProcess(config(data)).close();
    var journal = data.resolve("state").resolve("journal");
    Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rw-r--r--"));
    for (var open : List.of(data, data.resolve("files"), data.resolve("state"))) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    try (var emulator = Emulator.inProcess(config(data))) {
      assertThat(mode(data)).isEqualTo("rwx------");
      assertThat(mode(data.resolve("files"))).isEqualTo("rwx------");
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(readableByOthers(data)).isEmpty());
      assertThat(emulator.jobs()).isEmpty();
    }
  }

  @Test
  void aFolderWithOtherThingsInItIsLeftOpen() throws Exception {
    var data = Files.createDirectory(folder.resolve("project"));
    Files.writeString(data.resolve("main.py"), "print()");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        data.resolve("main.py"), PosixFilePermissions.fromString("rwxr-xr-x"));

    Emulator.inProcess(config(data)).close();

    assertThat(mode(data)).isEqualTo("rwxr-xr-x");
    assertThat(mode(data.resolve("main.py"))).isEqualTo("rwxr-xr-x");
    assertThat(mode(data.resolve("state"))).isEqualTo("rwx------");
  }

  /** But for what jobs write below their own folders, which are closed themselves. */
  private static List<String> readableByOthers(Path data) throws IOException {
    try (var paths = Files.walk(data)) {
      return paths
          .filter(path -> !path.toString().contains("/jobs/"))
          .filter(path -> !mode(path).endsWith("------"))
          .map(path -> mode(path) + " " + data.relativize(path))
          .toList();
    }
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (NoSuchFileException e) {
      // A file for a moment
      return "---------";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void upload(String url) throws Exception {
    var put = HttpRequest.newBuilder(URI.create(url))
        .PUT(HttpRequest.BodyPublishers.ofString("a"))
        .build();
    var answer = HttpClient.newHttpClient().send(put, HttpResponse.BodyHandlers.discarding());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static EmulatorConfig config(Path data) {
    var config = EmulatorConfig.onFreePorts().inDataDir(data);
    return config.with(config.jobs().with(RunnerKind.PROCESS));
  }
}
