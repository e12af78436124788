package io.github.datasphere.emulator.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the console with a long log, by hand: {@code -Dconsole.lines=950000} is about as much as
 * a log keeps of one source (service-behaviour 5.13). The figures are printed; none can fail it.
 */
class LargeConsoleIT extends InConsole {
  private static final long LINES = Long.getLong("console.lines", 0);
  private static final int JOBS = Integer.getInteger("console.jobs", 0);

  @TempDir
  Path folder;

  @Override
  Emulator emulator() {
    assumeTrue(LINES + JOBS > 0, "measured by hand: -Dconsole.lines=950000 -Dconsole.jobs=100000");
    if (JOBS > 0) {
      return Emulator.inProcess();
    }
    var config = EmulatorConfig.onFreePorts().inDataDir(folder.resolve("data"));
    return Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)));
  }

  @Test
  void theNewestOfManyJobsComeFirst() {
    assumeTrue(JOBS > 0, "measured by hand: -Dconsole.jobs=100000");
    for (int i = 0; i < JOBS; i++) {
      int number = i;
      emulator.givenJob(job -> job.name("job-" + number));
    }
    open("/calls");
    var took = browser.run("new Promise(done => { const begun = performance.now();"
        + " location.hash = '#/jobs'; const look = () => document.querySelectorAll('tbody tr').length >= 100"
        + " && document.querySelector('tbody').textContent.includes('job-" + (JOBS - 1) + "')"
        + " ? requestAnimationFrame(() => done(String(performance.now() - begun)))"
        + " : setTimeout(look, 5); look(); })");
    tell("the first screen of " + JOBS + " jobs, ms", Double.parseDouble(took));
    tell("heap of the page, MB", heap());
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void theLongestLogIsReadFromAnyPlace() {
    assumeTrue(LINES > 0, "measured by hand: -Dconsole.lines=950000");
    var created = face.post("/jobs", """
        {"projectId": "bt1project", "name": "long", "jobParameters": {
          "cmd": "seq -f 'line %%.0f of a log that is large enough to fill the disk with a hundred bytes for each of its lines' %d; echo over; sleep 600",
          "cloudInstanceTypes": [{"name": "c1.4"}]}}
        """.formatted(LINES));
    var id = FaceClient.text(created, "metadata", "jobId");
    browser.go(emulator.consoleLink() + "#/jobs/" + id + "/log");
    browser.untilShown("Nothing was written yet");
    long begun = System.nanoTime();
    face.post("/jobs/" + id + ":execute", "");
    Awaitility.await()
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofMillis(250))
        .until(() -> browser
            .run("[...document.querySelectorAll('.line')].slice(-5).map(l => l.textContent).join()")
            .contains("over"));
    tell("followed to the end, lines/s", LINES * 1e9 / (System.nanoTime() - begun));
    tell("heap of the page after that, MB", heap());

    browser.run("location.hash = '#/jobs'");
    browser.untilShown("Type");
    measure("last screen, ms", "location.hash = '#/jobs/" + id + "/log'", "over");
    measure(
        "a place in the middle, ms",
        "(s => { s.value = Math.floor(s.max / 2); s.dispatchEvent(new Event('change')) })(document.querySelector('[type=range]'))",
        "of a log that is large");
    measure("the first screen, ms", key("Home"), "line 1 of");
    measure("the end again, ms", key("End"), "over");
    tell("heap of the page, MB", heap());
    long asked = System.nanoTime();
    long offset = 0;
    for (var done = false; !done; ) {
      var page = face.get("/jobs/" + id + "/log/search?text=not-in-this-log&offset=" + offset);
      offset = Long.parseLong(FaceClient.text(page, "nextOffset"));
      done = page.has("done");
    }
    tell("search of the whole log, ms", (System.nanoTime() - asked) / 1e6);
    assertThat(browser.trouble()).isEmpty();
  }

  private static String key(String key) {
    return "document.querySelector('.lines').dispatchEvent(new KeyboardEvent('keydown', {key: '"
        + key + "'}))";
  }

  private double heap() {
    browser.call("HeapProfiler.collectGarbage");
    return Double.parseDouble(browser.run("String(performance.memory.usedJSHeapSize)")) / 1e6;
  }

  /** The page itself takes the time, from the action until a line with this text is there. */
  private void measure(String what, String action, String text) {
    var took = browser.run("new Promise(done => { const begun = performance.now();"
        + "for (const line of document.querySelectorAll('.line')) line.remove(); " + action
        + "; const look = () => [...document.querySelectorAll('.line')].some(line =>"
        + " line.textContent.includes(" + BrowserPage.quoted(text) + "))"
        + " ? requestAnimationFrame(() => done(String(performance.now() - begun)))"
        + " : setTimeout(look, 5); look(); })");
    tell(what, Double.parseDouble(took));
  }

  private static void tell(String what, double value) {
    System.out.printf("console: %s: %.0f%n", what, value);
  }
}
