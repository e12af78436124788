package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.cli.env.ClientSettings;
import io.github.datasphere.emulator.cli.env.RunningServer;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.http.HttpPorts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleCommandTest {
  @TempDir
  Path folder;

  @Test
  void theLinkLetsABrowserInOnce() throws Exception {
    var config = EmulatorConfig.onFreePorts();
    try (var emulator = Emulator.testDouble(config, true, new HttpPorts(0))) {
      var dataDir = Files.createDirectories(folder.resolve("home/.datasphere-emulator"));
      RunningServer.ofThisProcess(ClientSettings.of(emulator, config.access())).announce(dataDir);
      var shell = new Shell(folder);

      assertThat(shell.run("console", "--no-browser")).isZero();

      var link = URI.create(shell.out().strip());
      assertThat(link.toString()).startsWith(emulator.addresses().http() + "/login?code=");
      assertThat(status(link)).isEqualTo(303);
      assertThat(status(link)).isEqualTo(401);
    }
  }

  @Test
  void withoutAServerItSaysHowToStartOne() {
    var shell = new Shell(folder);

    assertThat(shell.run("console")).isEqualTo(1);

    assertThat(shell.err()).contains("no server runs on ").contains(" start'");
  }

  @Test
  void jobsOfAFileAreShownUntilItIsStopped() throws Exception {
    try (var emulator = Emulator.inProcess()) {
      var id = emulator.givenJob(job -> job.name("train"));
      emulator.saveJobs(List.of(id), folder.resolve("run.dsjob"));
    }
    var shell = new Shell(folder);
    var command = new Thread(() -> shell.run("console", "--no-browser", "run.dsjob"));
    command.start();
    try {
      Awaitility.await().until(() -> shell.err().contains("until Ctrl+C"));

      var link = URI.create(shell.out().strip());
      assertThat(link.getFragment()).startsWith("/jobs/");
      assertThat(status(link)).isEqualTo(303);
    } finally {
      command.interrupt();
      command.join();
    }
  }

  @Test
  void aFileThatCannotBeShownIsNamed() throws Exception {
    Files.writeString(folder.resolve("notes.txt"), "text");
    var shell = new Shell(folder);

    assertThat(shell.run("console", "notes.txt")).isEqualTo(1);
    assertThat(shell.run("console", "none.dsjob")).isEqualTo(1);

    assertThat(shell.err())
        .contains("notes.txt holds no saved jobs", "there is no file", "none.dsjob");
  }

  private static int status(URI link) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(link).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
