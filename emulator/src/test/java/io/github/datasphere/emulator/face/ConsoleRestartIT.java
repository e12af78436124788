package io.github.datasphere.emulator.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.NetworkConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
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

  /** Jobs of a data directory outlive their server, and some of these would for minutes. */
  @AfterEach
  void endJobs() {
    if (emulator != null) {
      emulator.close();
      emulator = onPort(0);
      running().forEach(job -> new FaceClient(emulator).post("/jobs/" + job + ":cancel", ""));
      Awaitility.await().until(() -> running().isEmpty());
    }
  }

  private List<String> running() {
    return emulator.jobs().stream()
        .filter(job -> job.getStatus() == JobStatus.EXECUTING)
        .map(Job::getId)
        .toList();
  }

  private Emulator onPort(int http) {
    var config = EmulatorConfig.defaults()
        .with(new NetworkConfig("127.0.0.1", Optional.empty(), 0, http, 0, 0, false))
        .inDataDir(folder.resolve("data"));
    return Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)));
  }

  /** A job that goes on once a file is there. */
  private static String waiting(Path flag) {
    return """
        {"projectId": "bt1project", "name": "long", "jobParameters": {
          "cmd": "echo before; until [ -e %s ]; do sleep 0.1; done; echo after",
          "cloudInstanceTypes": [{"name": "c1.4"}]}}
        """.formatted(flag);
  }

  @Test
  void aPageWhoseServerIsGoneSaysSoKeepsTheLogAndGoesOnWhenItIsBack() throws Exception {
    var flag = folder.resolve("flag");
    var id = executed(waiting(flag));
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

  @Test
  void aJobWhoseClockWentBackIsShownToItsEnd() throws Exception {
    face.post("/clock:move", "{\"advance\": \"86400s\"}");
    var flag = folder.resolve("flag");
    var id = executed(waiting(flag));
    open("/jobs/" + id + "/log");
    browser.untilShown("before");

    // A server that was started again has the machine's time: a day less
    emulator.close();
    emulator = onPort(face.base().getPort());
    Files.createFile(flag);
    browser.untilShown("after");
    browser.untilShown("Success");
    browser.type("Times", "relative");
    browser.until(
        "[...document.querySelectorAll('.at')].some(at => at.textContent.startsWith('-86'))");

    for (var view : List.of("#/jobs/" + id, "#/jobs")) {
      browser.run("location.hash = '" + view + "'");
      browser.until("document.querySelector('.phases, tbody td.number')");
      assertThat(browser.run("document.querySelector('main').innerText"))
          .doesNotContain("NaN", "Invalid")
          .doesNotContainPattern("(^|\\s)-\\d");
    }
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aServerThatGoesJustAsAJobIsOpenedShowsItWhenItIsBack() {
    var id = executed("""
        {"projectId": "bt1project", "name": "opened-late", "jobParameters": {"cmd": "echo printed",
          "cloudInstanceTypes": [{"name": "c1.4"}]}}
        """);
    open("/jobs");
    browser.untilShown("Success");
    browser.hold("*/course");
    browser.run("location.hash = '#/jobs/" + id + "'");
    browser.untilHeld();

    emulator.close();
    browser.letGo();
    browser.untilShown("The server does not answer");
    emulator = onPort(face.base().getPort());

    browser.untilShown("How it ended");
    browser.untilShown("opened-late");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aLogThatReachesItsLimitWhileItIsFollowedSaysSoAndGoesOnWithTheOthers() throws Exception {
    var full = folder.resolve("full");
    var other = folder.resolve("other");
    // One source keeps 100 MiB (service-behaviour 5.13)
    var id = executed("""
        {"projectId": "bt1project", "name": "much", "jobParameters": {
          "cmd": "echo begins; yes $(printf 'x%%.0s' {1..99}) | head -c 104857000; echo; echo nearly full; until [ -e %s ]; do sleep 0.1; done; seq 1000; until [ -e %s ]; do sleep 0.1; done; echo of the other >&2; sleep 600",
          "cloudInstanceTypes": [{"name": "c1.4"}]}}
        """.formatted(full, other));
    open("/jobs/" + id + "/log");
    browser.untilShown("nearly full");

    Files.createFile(full);
    browser.untilShown("stdout is cut here: its limit of 100 MB is reached");
    // Written any earlier it could be read earlier, too, and stand above what the page shows
    Files.createFile(other);
    browser.untilShown("of the other");

    browser.run(
        "document.querySelector('.lines').dispatchEvent(new KeyboardEvent('keydown', {key: 'Home'}))");
    browser.untilShown("begins");
    assertThat(browser.trouble()).isEmpty();
  }
}
