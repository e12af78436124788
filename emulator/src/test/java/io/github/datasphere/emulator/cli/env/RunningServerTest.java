package io.github.datasphere.emulator.cli.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.base.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningServerTest {
  private static final ClientSettings SETTINGS =
      ClientVariablesTest.settings(Optional.of(Path.of("/data/roots.pem")));

  @TempDir
  Path folder;

  @Test
  void isFoundByItsDataDirectory() throws IOException {
    var server = RunningServer.ofThisProcess(SETTINGS);
    server.announce(folder);
    assertThat(RunningServer.find(folder)).contains(server);
  }

  @Test
  void isNotFoundWhereNoneWasAnnounced() throws IOException {
    assertThat(RunningServer.find(folder)).isEmpty();
    assertThat(RunningServer.find(folder.resolve("missing"))).isEmpty();
  }

  @Test
  void isNotFoundAfterItsProcessEnded() throws Exception {
    var process = new ProcessBuilder("sleep", "60").start();
    new RunningServer(ProcessIdentity.of(process.pid()), SETTINGS).announce(folder);
    process.destroyForcibly().waitFor();
    assertThat(RunningServer.find(folder)).isEmpty();
  }

  @Test
  void isNotTakenForALaterProcessWithTheSameId() throws IOException {
    var self = ProcessIdentity.current();
    var earlier = new ProcessIdentity(self.pid(), self.start() + "1");
    new RunningServer(earlier, SETTINGS).announce(folder);
    assertThat(RunningServer.find(folder)).isEmpty();
  }

  @Test
  void isNotFoundAfterItWasTakenBack() throws IOException {
    RunningServer.ofThisProcess(SETTINGS).announce(folder);
    RunningServer.forget(folder);
    assertThat(RunningServer.find(folder)).isEmpty();
  }

  @Test
  void aDamagedAnnouncementIsAnErrorThatNamesTheFile() throws IOException {
    var file = Files.writeString(folder.resolve("server.properties"), "pid=1\n");
    assertThatThrownBy(() -> RunningServer.find(folder)).hasMessageContaining(file.toString());
  }
}
