package io.github.datasphere.emulator.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.NetworkConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of a page goes away and comes back. */
class ConsoleRestartIT extends InConsole {
  @TempDir
  Path folder;

  @Override
  Emulator emulator() {
    return onPort(0);
  }

  private Emulator onPort(int http) {
    var config = EmulatorConfig.defaults()
        .with(new NetworkConfig("127.0.0.1", Optional.empty(), 0, http, 0, 0, false))
        .inDataDir(folder.resolve("data"));
    return Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)));
  }

  @Test
  void aPageWhoseServerIsGoneSaysSoKeepsTheLogAndGoesOnWhenItIsBack() throws Exception {
    var flag = folder.resolve("flag");
    var id = executed("""
        {"projectId": "bt1project", "name": "long", "jobParameters": {
          "cmd": "echo before; until [ -e %s ]; do sleep 0.1; done; echo after",
          "cloudInstanceTypes": [{"name": "c1.4"}]}}
        """.formatted(flag));
    open("/jobs/" + id + "/log");
    browser.untilShown("before");

    emulator.close();
    browser.untilShown("Server gone. Waiting for it.");
    browser.untilShown("The connection is lost: what is here stays");
    assertThat(browser.run("document.querySelector('.lines').innerText")).contains("before");

    Files.createFile(flag);
    emulator = onPort(face.base().getPort());
    browser.untilShown("after");
    browser.until("document.querySelector('#link').textContent === ''");
    browser.untilShown("Success");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aPageThatIsOpenedWhileItsServerIsAwayShowsItsJobsLater() throws Exception {
    open("/calls");
    emulator.close();
    browser.untilShown("Server gone. Waiting for it.");

    browser.run("location.hash = '#/jobs'");
    browser.untilShown("The server does not answer");
    emulator = onPort(face.base().getPort());

    browser.untilShown("There are no jobs yet");
    assertThat(browser.trouble()).isEmpty();
  }
}
