package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.TestClient;
import io.github.datasphere.proto.jobs.JobStatus;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a person sees and does in the console, in a real browser. */
class ConsoleIT extends InConsole {
  private static final String JOB = """
      {"projectId": "bt1project", "name": "live", "jobParameters": {"cmd": "train ${MODE}",
        "arguments": [{"name": "MODE", "value": "slow"}], "cloudInstanceTypes": [{"name": "c1.4"}]}}
      """;

  @Override
  Emulator emulator() {
    return Emulator.inProcess();
  }

  private String failed() {
    return emulator.givenJob(job -> job.name("train-large")
        .cmd("python train.py --epochs 10")
        .status(JobStatus.ERROR)
        .age(Duration.ofMinutes(42))
        .stdout("epoch 1 loss 0.93\n  0%|  | 0/3\r 50%|# | 1/3\r100%|##| 3/3\n"
            + "\u001b[32mepoch 2 loss 0.71\u001b[0m\n<script>document.title='bad'</script>\n"
            + "Traceback (most recent call last):\nMemoryError\n")
        .output("metrics.json", "{\"loss\": 0.71}".getBytes(UTF_8))
        .output("scores.csv", "epoch,loss\n1,0.93\n2,0.71\n".getBytes(UTF_8)));
  }

  @Test
  void jobsAreListedSearchedAndSeenAsTheyCome() throws Exception {
    emulator.givenJob(job -> job.name("<img src=x onerror=alert(1)>").age(Duration.ofHours(3)));
    failed();
    emulator.givenJob(job -> job.name("evaluate").status(JobStatus.EXECUTING));
    open("/jobs");
    browser.untilShown("train-large");
    assertThat(browser.run("document.querySelector('#clock').textContent"))
        .startsWith("Virtual time ")
        .contains(", here ");
    picture("jobs");

    emulator.givenJob(job -> job.name("came-later"));
    browser.untilShown("came-later");
    browser.type("Search jobs", "train-l");
    browser.until("document.querySelectorAll('tbody tr').length === 1");

    assertThat(browser.run("location.hash")).contains("query=train-l");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aJobTellsWhatHappenedAndItsFilesAreLookedAt() throws Exception {
    var id = failed();
    open("/jobs/" + id);
    browser.untilShown("How it ended");
    browser.untilShown("MemoryError");
    assertThat(browser.run("document.querySelector('.card pre').innerText"))
        .contains("100%|##| 3/3", "<script>document.title='bad'</script>")
        .doesNotContain("50%|# ", "\u001b");
    picture("job");

    browser.click("Files");
    browser.untilShown("metrics.json");
    browser.click("Look");
    browser.until("document.querySelector('pre, main table td.mono')");
    picture("files");
    browser.click("Parameters");
    browser.untilShown("python train.py --epochs 10");

    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aLogIsFoldedSearchedAndLeadsToALine() throws Exception {
    var id = failed();
    open("/jobs/" + id + "/log");
    browser.untilShown("epoch 2 loss 0.71");

    assertThat(browser.run("document.querySelector('.lines').innerText"))
        .contains("100%|##| 3/3", "<script>document.title='bad'</script>")
        .doesNotContain("50%|# ", "\u001b");
    assertThat(browser.run("document.querySelector('.a-2').textContent"))
        .isEqualTo("epoch 2 loss 0.71");

    browser.type("Search the log", "LOSS");
    browser.untilShown("0/2");
    browser.press("Enter", 13);
    browser.untilShown("1/2");
    assertThat(browser.run("document.querySelector('.here').textContent")).contains("epoch 1");
    assertThat(browser.run("location.hash")).contains("at=");
    assertThat(browser.run("[...CSS.highlights.get('found')].map(String).join()"))
        .isEqualTo("loss,loss");
    picture("log");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aRecordLargerThanAScreenIsReachedFromBothEnds() throws Exception {
    var big = IntStream.rangeClosed(1, 30_000)
        .mapToObj(i -> "line " + i + " of many\\n")
        .collect(Collectors.joining());
    face.post("/scripts", """
        {"scripts": [{"steps": [{"stdout": "begins\\n"}, {"stdout": "%s"}, {"stdout": "ends\\n"}]}]}
        """.formatted(big));
    var id = executed(JOB);
    open("/jobs/" + id + "/log");
    browser.untilShown("ends");
    browser.untilShown("line 30000 of many");

    browser.run(
        "document.querySelector('.lines').dispatchEvent(new KeyboardEvent('keydown', {key: 'Home'}))");
    browser.untilShown("begins");
    browser.untilShown("line 1 of many");

    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aRunningJobIsFollowedCancelledAndRunAgain() throws Exception {
    face.post("/scripts", """
        {"scripts": [{"steps": [{"stdout": "first\\n"}, {"after": "60s"}, {"stdout": "second\\n"},
          {"lasts": "36000s"}]}]}
        """);
    var id = executed(JOB);
    open("/jobs/" + id + "/log");
    browser.untilShown("first");

    emulator.clock().advance(Duration.ofMinutes(1));
    browser.untilShown("second");

    browser.click("Cancel");
    browser.click("Cancel the job");
    browser.untilShown("Cancelled");
    browser.click("Run again");
    browser.type("arg:MODE", "fast");
    assertThat(browser.run("document.querySelector('dialog .command').textContent"))
        .contains("/jobs/" + id + ":clone", "\"value\":\"fast\"");
    picture("again");
    browser.click("Run");
    browser.until("location.hash.startsWith('#/jobs/') && !location.hash.includes('" + id + "')");
    browser.untilShown("cloned from");

    var again = browser.run("location.hash.split('/')[2]");
    assertThat(face.get("/jobs/" + again).toString()).contains("fast", id);
    browser.click("Compare");
    browser.until("document.querySelector('dialog[open] [name=other]').value === '" + id + "'");
    browser.run("document.querySelector('dialog[open] button.main').click()");
    browser.untilShown("Argument MODE");
    assertThat(browser.run("document.querySelector('main').innerText"))
        .contains("slow", "fast")
        .doesNotContain("train ${MODE}");
    picture("compare");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void whatAJobTakesOfItsMachineIsDrawn() throws Exception {
    var id = emulator.givenJob(job -> job.name("hungry").status(JobStatus.EXECUTING));
    open("/jobs/" + id + "/machine");
    browser.untilShown("There are no figures of this job");

    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void callsAreShownWithTheirMessages() throws Exception {
    try (var client = new TestClient(emulator.channel())) {
      client.uploadUrl();
    }
    open("/calls");
    browser.until("document.querySelectorAll('tbody tr').length > 0");
    browser.run("document.querySelector('tbody tr').click()");
    browser.untilShown("Copy as grpcurl");
    picture("calls");

    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void timeIsMovedAFaultOrderedAndTheWorldReset() throws Exception {
    var id = failed();
    open("/time");
    browser.click("+ 14 days");
    browser.until("true");
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(face.get("/jobs/" + id).get("dataCleared").getAsBoolean())
                .isTrue());
    browser.click("Order a fault");
    browser.click("Order");
    browser.untilShown("Get");
    picture("time");
    browser.click("Reset");
    browser.until("document.querySelector('dialog')");
    browser.run("document.querySelector('dialog button.main').click()");
    Awaitility.await()
        .untilAsserted(() -> assertThat(face.get("/jobs").has("jobs")).isFalse());

    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aSmallScreenInTheDarkNeedsNoSidewaysScrolling() throws Exception {
    var id = failed();
    browser.size(360, 740, true);
    for (var address :
        new String[] {"/jobs", "/jobs/" + id, "/jobs/" + id + "/log", "/calls", "/time"}) {
      open(address);
      browser.until("document.querySelector('main').innerText.length > 40");
      assertThat(browser.run("document.documentElement.scrollWidth > 360 ? 'wide' : ''"))
          .as(address)
          .isEmpty();
      picture("small-" + address.replaceAll("^/jobs/[^/]+$", "/job").replaceAll(".*/", ""));
    }
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aJobIsReachedByTheKeyboardAlone() throws Exception {
    failed();
    open("/jobs");
    browser.untilShown("train-large");
    for (int i = 0;
        i < 20 && !browser.run("document.activeElement.textContent").equals("train-large");
        i++) {
      browser.press("Tab", 9);
    }
    browser.press("Enter", 13);

    browser.untilShown("How it ended");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void whatIsGoneIsSaid() throws Exception {
    var id = failed();
    open("/jobs/" + id);
    browser.untilShown("How it ended");
    face.send("DELETE", "/jobs/" + id, "");
    browser.untilShown("This job was deleted");
    browser.go("about:blank");
    open("/jobs");
    browser.run("location.hash = '#/jobs/bt1none'");
    browser.untilShown("There is no such job");

    assertThat(browser.trouble()).isEmpty();
  }
}
