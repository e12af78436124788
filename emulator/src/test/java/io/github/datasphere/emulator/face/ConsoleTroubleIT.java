package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.server.SavedJobsServer;
import io.github.datasphere.proto.jobs.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console shows where something is odd: bytes, clocks, who looks, what is not there. */
class ConsoleTroubleIT extends InConsole {
  private static final String RUNNING = """
      {"scripts": [{"steps": [{"stdout": "first\\n"}, {"progress": {"percent": 42, "message": "epoch 3"}},
        {"waitsFor": "end"}, {"exits": 137}]}]}
      """;
  private static final String JOB = """
      {"projectId": "bt1project", "name": "odd", "jobParameters": {"cmd": "train",
        "cloudInstanceTypes": [{"name": "c1.4"}]}}
      """;

  @TempDir
  Path folder;

  @Override
  Emulator emulator() {
    return Emulator.inProcess();
  }

  @Test
  void progressAndTheSignalThatEndedAJobAreInTheListAndAtTheJob() {
    face.post("/scripts", RUNNING);
    var id = executed(JOB);
    open("/jobs");
    browser.untilShown("42 %");

    face.post("/gates/end:open", "");
    browser.untilShown("SIGKILL");
    browser.click("odd");
    browser.untilShown("Exit code");

    assertThat(browser.run("document.querySelector('main').innerText")).contains("137", "SIGKILL");
    assertThat(browser.run("location.hash")).contains(id);
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void whoHasCancelledAJobIsSaid() {
    face.post("/scripts", RUNNING);
    var id = executed(JOB);
    open("/jobs/" + id);
    browser.untilShown("epoch 3");

    browser.click("Cancel");
    browser.click("Cancel the job");
    browser.untilShown("Cancelled by");

    assertThat(browser.run("document.querySelector('main').innerText")).contains("the console");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aBrowserWhoseClockIsADayAheadShowsDurationsOfTheEmulatorsClock() {
    browser.call(
        "Page.addScriptToEvaluateOnNewDocument",
        "source",
        "const now = Date.now; Date.now = () => now() + 86400000;");
    face.post("/scripts", RUNNING);
    executed(JOB);
    open("/jobs");
    browser.untilShown("42 %");
    assertThat(browser.run("document.querySelector('tbody td.number').textContent"))
        .isEqualTo("0.0 s");

    emulator.clock().advance(Duration.ofMinutes(90));
    browser.until("document.querySelector('tbody td.number').textContent === '1 h 30 min'");
    browser.until("document.querySelector('#clock').textContent");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreShownAsSuchAndBreakNothing() {
    var id = emulator.givenJob(job -> job.name("bytes")
        .status(JobStatus.SUCCESS)
        .stdout("before\n\u0000\u0007\u001b[999z\u001b]0;title\u0007\ufffd\uffff after\n")
        .output("model.bin", new byte[] {0, (byte) 0xff, (byte) 0xfe, 1}));
    open("/jobs/" + id + "/log");
    browser.untilShown("before");
    browser.untilShown(" after");
    assertThat(browser.run("document.title")).contains("bytes");

    browser.click("Files");
    browser.untilShown("model.bin");
    browser.click("Look");
    browser.untilShown("Binary content: download it.");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aLogThatIsClearedWhileItIsShownStaysWhereItIs() {
    var id = emulator.givenJob(job -> job.name("cleared").stdout("still here\n"));
    open("/jobs/" + id + "/log");
    browser.untilShown("still here");

    face.post("/jobs/" + id + ":deleteData", "");
    browser.untilShown("were cleared: what is here stays");

    assertThat(browser.run("document.querySelector('.lines').innerText")).contains("still here");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aBrowserThatIsNoLongerLetInSaysHowToComeBack() {
    open("/jobs");
    browser.untilShown("There are no jobs yet");
    browser.call("Network.clearBrowserCookies");

    browser.run("location.hash = '#/calls'");
    browser.untilShown("This browser is no longer let in");
    browser.untilShown("datasphere-emulator console");
    open("/jobs");
    browser.untilShown("There are no jobs yet");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void anotherFileIsTakenForTheNextRun() throws Exception {
    var id = emulator.givenJob(job -> job.name("with-data").input("data.csv", "a,b\n1,2\n"));
    var other = Files.writeString(folder.resolve("other.csv"), "a,b\n3,4\n");
    open("/jobs/" + id);
    browser.click("Run again");
    browser.until("document.querySelector('dialog details')");
    browser.run("document.querySelector('dialog details').open = true");
    browser.choose("[name=\"file:0\"]", other);
    browser.run("document.querySelector('dialog[open] button.main').click()");
    browser.until("location.hash.startsWith('#/jobs/') && !location.hash.includes('" + id + "')");
    browser.untilShown("cloned from");
    browser.click("Files");
    browser.untilShown("data.csv");
    browser.click("Look");
    browser.untilShown("3");

    assertThat(browser.run("document.querySelector('main').innerText")).contains("3", "4");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void networkAndGpuOfASavedJobAreDrawnAndNothingCanBeChanged(Chromium chromium) throws Exception {
    var id = emulator.givenJob(job -> job.name("saved").stdout("printed\n"));
    var plain = folder.resolve("plain.dsjob");
    emulator.saveJobs(List.of(id), plain);
    try (var server = SavedJobsServer.open(withFigures(plain, id));
        var saved = chromium.page(server.link().resolve("/"))) {
      saved.size(1280, 800, false);
      saved.go(server.link().toString());
      saved.run("location.hash = '#/jobs/" + id + "/machine'");
      saved.untilShown("Network");
      saved.untilShown("GPU utilization");
      saved.until("document.querySelectorAll('canvas').length >= 5");

      var page = saved.run("document.body.innerText");
      assertThat(page).contains("received most", "limit 4.0 GiB", "Saved", "Compare");
      assertThat(page).doesNotContain("Time and tests", "Run again", "Delete", "Cancel");
      assertThat(saved.trouble()).isEmpty();
    }
  }

  /** Adds to a file what a job in a container and its GPU would have written. */
  private Path withFigures(Path file, String id) throws IOException {
    var lines = new StringBuilder();
    record(
        lines,
        ".docker_stats.tsv",
        "time\tcpu_percent\tmemory_bytes\tmemory_limit_bytes"
            + "\tprocesses\tnetwork_received_bytes\tnetwork_sent_bytes");
    record(lines, ".gpu_stats.tsv", "time\tutilization\tmemory_used");
    for (int i = 0; i < 20; i++) {
      var at = "2026-01-01T00:00:%02dZ".formatted(i);
      record(
          lines,
          ".docker_stats.tsv",
          at + "\t" + i * 10 + "\t" + (i << 20) + "\t" + (4L << 30) + "\t3\t" + i * 100_000 + "\t"
              + i * 1_000);
      record(lines, ".gpu_stats.tsv", at + "\t" + i * 5 + "\t" + i * 100);
    }
    var log = "jobs/" + id + "/log.jsonl";
    var target = folder.resolve("figures.dsjob");
    try (var from = new ZipFile(file.toFile());
        var to = new ZipOutputStream(Files.newOutputStream(target))) {
      for (var entry : from.stream().toList()) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        from.getInputStream(entry).transferTo(to);
        if (entry.getName().equals(log)) {
          to.write(lines.toString().getBytes(UTF_8));
        }
        to.closeEntry();
      }
    }
    return target;
  }

  private static void record(StringBuilder lines, String source, String row) {
    var record = new JsonObject();
    record.addProperty("at", "2026-01-01T00:00:00Z");
    record.addProperty("source", source);
    record.addProperty("text", row + "\n");
    lines.append(record).append('\n');
  }
}
