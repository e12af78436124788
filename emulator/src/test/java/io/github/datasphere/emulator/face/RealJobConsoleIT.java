package io.github.datasphere.emulator.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person follows a job that runs its own command, prints much, and takes something of its
 * machine.
 */
class RealJobConsoleIT {
  private static final int LINES = 200_000;

  @TempDir
  Path profile;

  private Emulator emulator;
  private FaceClient face;
  private Chromium browser;

  @BeforeEach
  void start() throws Exception {
    var required = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    assumeTrue(
        Chromium.program().isPresent() || Arrays.asList(required.split(",")).contains("chromium"),
        "there is no Chromium here: the tests of the console in a browser are left out");
    var config = EmulatorConfig.onFreePorts();
    emulator = Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)));
    face = new FaceClient(emulator);
    browser = new Chromium(profile, face.base());
    browser.size(1280, 800, false);
  }

  @AfterEach
  void end() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (emulator != null) {
      emulator.close();
    }
  }

  @Test
  void aLongLogIsFollowedAndSearchedAndTheMachineDrawn() throws Exception {
    var created = face.post("/jobs", """
        {"projectId": "bt1project", "name": "long", "jobParameters": {
          "cmd": "for i in $(seq %d); do echo line $i of many; done; sleep 4; echo over",
          "cloudInstanceTypes": [{"name": "c1.4"}]}}
        """.formatted(LINES));
    var id = FaceClient.text(created, "metadata", "jobId");
    browser.go(emulator.consoleLink() + "#/jobs/" + id + "/log");
    browser.untilShown("Nothing was written yet");
    face.post("/jobs/" + id + ":execute", "");

    browser.untilShown("line " + LINES + " of many");
    browser.untilShown("over");
    assertThat(browser.run("document.querySelectorAll('.line').length > 6000 ? 'many' : ''"))
        .isEmpty();
    browser.type("Search the log", "line 77777 ");
    browser.untilShown("0/1");
    browser.click("↓");
    browser.until("document.querySelector('.here')?.textContent.includes('line 77777 of')");
    browser.run(
        "document.querySelector('.lines').dispatchEvent(new KeyboardEvent('keydown', {key: 'Home'}))");
    browser.untilShown("line 1 of many");
    browser.click("Machine");
    browser.untilShown("Memory");
    if (Boolean.getBoolean("docs.update")) {
      Files.write(Path.of("../docs/console/machine.png"), browser.picture());
    }
    browser.click("Overview");
    browser.untilShown("Running:");

    assertThat(browser.trouble()).isEmpty();
  }
}
