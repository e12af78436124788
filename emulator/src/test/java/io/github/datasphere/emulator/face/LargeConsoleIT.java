package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.segment.SegmentJobLog;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.SampleJobs;
import io.github.datasphere.emulator.store.h2.H2JobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the console with what is large, by hand. The figures are printed; none can fail it.
 *
 * <ul>
 *   <li>{@code -Dconsole.lines=950000}: so many are printed and followed; this is about as much as
 *       a log keeps of one source (service-behaviour 5.13)
 *   <li>{@code -Dconsole.sources=10}: a running job has printed so many times 100 MB;
 *       {@code -Dconsole.record=640} lines of 100 bytes are in each record
 *   <li>{@code -Dconsole.jobs=1000000}: so many are stored
 * </ul>
 */
class LargeConsoleIT extends InConsole {
  private static final long LINES = Long.getLong("console.lines", 0);
  private static final int SOURCES = Integer.getInteger("console.sources", 0);
  private static final int RECORD = Integer.getInteger("console.record", 640);
  private static final int JOBS = Integer.getInteger("console.jobs", 0);
  private static final int LINES_OF_A_SOURCE = 1_000_000;

  @TempDir
  Path folder;

  @Override
  Emulator emulator() {
    assumeTrue(LINES + SOURCES + JOBS > 0, "measured by hand: see the comment of this class");
    if (JOBS > 0) {
      storeJobs();
    }
    return started();
  }

  private void storeJobs() {
    try (var store = H2JobStore.open(folder.resolve("data/state"))) {
      for (int seq = 1; seq <= JOBS; seq++) {
        store.commit(
            new Changes(SampleJobs.job(seq, JobStatus.SUCCESS), null, List.of(), List.of()));
      }
    }
  }

  private Emulator started() {
    var config = EmulatorConfig.onFreePorts().inDataDir(folder.resolve("data"));
    return Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)));
  }

  @Test
  void theNewestOfManyJobsComeFirst() {
    assumeTrue(JOBS > 0, "measured by hand: -Dconsole.jobs=1000000");
    open("/calls");
    measure(
        "the first screen of " + JOBS + " jobs, ms",
        "location.hash = '#/jobs'",
        "tr",
        "job " + JOBS);
    for (int i = 0; i < 3; i++) {
      open("/calls");
      measure("the first screen again, ms", "location.hash = '#/jobs'", "tr", "job " + JOBS);
    }
    measure(
        "the oldest of them, found by its id, ms", search(SampleJobs.id(1).value()), "tr", "job 1");
    measure(
        "the oldest of them, found by a part of its id, ms",
        search(SampleJobs.id(1).value().substring(1)),
        "tr",
        "job 1");
    tell("heap of the page, MB", heap());
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aLogOfOneGigabyteIsReadAndSearched(Chromium chromium) {
    assumeTrue(SOURCES > 0, "measured by hand: -Dconsole.sources=10");
    var id = FaceClient.text(face.post("/jobs", job("echo over; sleep 600")), "metadata", "jobId");
    end();
    try (var log = new SegmentJobLog(folder.resolve("data/logs"))) {
      for (int source = 0; source < SOURCES; source++) {
        print(log, new JobId(id), LogSource.file("part-" + source + ".log"));
      }
    }
    emulator = started();
    face = new FaceClient(emulator);
    browser = chromium.page(face.base());
    browser.size(1280, 800, false);
    face.post("/jobs/" + id + ":execute", "");
    open("/jobs/" + id + "/log");
    browser.untilShown("over");
    for (int i = 0; i < 3; i++) {
      readAndSearch(id, "line 0 of", "of a log that is large");
    }
    assertThat(browser.trouble()).isEmpty();
  }

  private static void print(SegmentJobLog log, JobId id, LogSource source) {
    var filler =
        " of a log that is large enough to fill the disk with a hundred bytes for each of its lines";
    for (int line = 0; line < LINES_OF_A_SOURCE; ) {
      var record = new StringBuilder();
      for (int i = 0; i < RECORD && line < LINES_OF_A_SOURCE; i++) {
        record.append("line ").append(line++).append(filler).append((char) 10);
      }
      log.append(id, new LogRecord(source, Instant.now(), record.toString().getBytes(UTF_8)));
    }
  }

  private static String job(String command) {
    return """
        {"projectId": "bt1project", "name": "long", "jobParameters": {"cmd": "%s",
          "cloudInstanceTypes": [{"name": "c1.4"}]}}
        """.formatted(command);
  }

  @Test
  void theLongestLogIsReadFromAnyPlace() {
    assumeTrue(LINES > 0, "measured by hand: -Dconsole.lines=950000");
    var id = FaceClient.text(
        face.post(
            "/jobs",
            job("seq -f 'line %.0f of a log that is large enough to fill the disk with"
                + " a hundred bytes for each of its lines' " + LINES + "; echo over; sleep 600")),
        "metadata",
        "jobId");
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

    for (int i = 0; i < 3; i++) {
      readAndSearch(id, "line 1 of", "of a log that is large");
    }
    assertThat(browser.trouble()).isEmpty();
  }

  private void readAndSearch(String id, String first, String any) {
    browser.run("location.hash = '#/jobs'");
    browser.untilShown("Type");
    measure("last screen, ms", "location.hash = '#/jobs/" + id + "/log'", ".line", "over");
    measure(
        "a place in the middle, ms",
        "(s => { s.value = Math.floor(s.max / 2); s.dispatchEvent(new Event('change')) })(document.querySelector('[type=range]'))",
        ".line",
        any);
    measure("the first screen, ms", key("Home"), ".line", first);
    measure("the end again, ms", key("End"), ".line", "over");
    tell("heap of the page, MB", heap());
    measure(
        "search of the whole log in the page, ms",
        search("not-in-this-log"),
        "[role=status]",
        "no match");
    long asked = System.nanoTime();
    long offset = 0;
    for (var done = false; !done; ) {
      var page = face.get("/jobs/" + id + "/log/search?text=not-in-this-log&offset=" + offset);
      offset = Long.parseLong(FaceClient.text(page, "nextOffset"));
      done = page.has("done");
    }
    tell("search of the whole log, ms", (System.nanoTime() - asked) / 1e6);
  }

  private static String search(String text) {
    return "(s => { s.value = '" + text
        + "'; s.dispatchEvent(new Event('input')) })(document.querySelector('[type=search]'))";
  }

  private static String key(String key) {
    return "document.querySelector('.lines').dispatchEvent(new KeyboardEvent('keydown', {key: '"
        + key + "'}))";
  }

  private double heap() {
    browser.call("HeapProfiler.collectGarbage");
    return Double.parseDouble(browser.run("String(performance.memory.usedJSHeapSize)")) / 1e6;
  }

  /** The page itself takes the time, from the action until an element with this text is there. */
  private void measure(String what, String action, String elements, String text) {
    var took = browser.run("new Promise(done => { const begun = performance.now();"
        + "for (const line of document.querySelectorAll('" + elements
        + "')) line.textContent = ''; "
        + action
        + "; const look = () => [...document.querySelectorAll('" + elements + "')].some(line =>"
        + " line.textContent.includes(" + BrowserPage.quoted(text) + "))"
        + " ? requestAnimationFrame(() => done(String(performance.now() - begun)))"
        + " : setTimeout(look, 5); look(); })");
    tell(what, Double.parseDouble(took));
  }

  private static void tell(String what, double value) {
    System.out.printf("console: %s: %.0f%n", what, value);
  }
}
