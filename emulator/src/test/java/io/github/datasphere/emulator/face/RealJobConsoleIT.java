package io.github.datasphere.emulator.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import org.junit.jupiter.api.Test;

/**
 * A person follows a job that runs its own command, prints much, and takes something of its
 * machine.
 */
class RealJobConsoleIT extends InConsole {
  private static final int LINES = 200_000;

  @Override
  Emulator emulator() {
    var config = EmulatorConfig.onFreePorts();
    return Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)));
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
    picture("machine");
    browser.click("Overview");
    browser.untilShown("Running:");

    assertThat(browser.trouble()).isEmpty();
  }
}
