package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Places in the console that a person goes to, and sends to others: times, lines, files. */
class ConsolePlacesIT extends InConsole {
  private static final String HOURS = """
      {"scripts": [{"steps": [{"stdout": "at once\\n"}, {"after": "3600s"}, {"stdout": "an hour later\\n"},
        {"after": "3600s"}, {"stdout": "after two\\n"}, {"waitsFor": "end"}]}]}
      """;
  private static final String JOB = """
      {"projectId": "bt1project", "name": "%s", "jobParameters": {"cmd": "train",
        "cloudInstanceTypes": [{"name": "c1.4"}]}}
      """;

  private String id = "";

  @Override
  Emulator emulator() {
    return Emulator.inProcess();
  }

  private void printed() {
    face.post("/scripts", HOURS);
    id = executed(JOB.formatted("hours"));
  }

  @Test
  void aLogIsOpenedAtATimeAndAtARecord() {
    printed();
    emulator.clock().advance(Duration.ofHours(2));
    open("/jobs/" + id + "/log");
    browser.untilShown("after two");

    goTo("+30:00");
    browser.until(here("an hour later"));
    assertThat(browser.run("location.hash")).contains("time=");
    goTo("+2:00:00");
    browser.until(here("after two"));
    goTo("1");
    browser.until("document.querySelector('.here')?.dataset.at === '0.0'");
    goTo("+9:00:00");
    browser.untilShown("Nothing was written from then on");
    goTo("soon");
    browser.untilShown("is no time and no number of a record");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void anAddressWithATimeALineOrAFilterCanBeSent() {
    printed();
    var begun = emulator.clock().now();
    emulator.clock().advance(Duration.ofHours(2));
    open("/jobs/" + id + "/log?time=" + begun.plusSeconds(1));
    browser.until(here("an hour later"));

    open("/jobs/" + id + "/log?at=0.0");
    browser.until(here("at once"));

    open("/jobs/" + id + "/log?find=ONCE&case=1&filter=1");
    browser.untilShown("no match");
    open("/jobs/" + id + "/log?find=an?%20h.*r&regex=1&filter=1");
    browser.until("document.querySelector('.lines').innerText.trim() === 'an hour later'");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void whatAnyJobHasPrintedIsFoundAndLeadsToItsLine() {
    emulator.givenJob(job -> job.name("older").stdout("one\nthe needle <b>of</b> older\n"));
    open("/jobs");
    browser.type("Search jobs", "NEEDLE");
    browser.click("In logs");
    browser.untilShown("the needle <b>of</b> older");
    assertThat(browser.run("location.hash")).contains("logs=1", "query=NEEDLE");
    browser.click("the needle <b>of</b> older");
    browser.until(here("the needle <b>of</b> older"));
    browser.run("history.back()");
    browser.untilShown("In all logs");
    browser.untilShown("older");

    browser.type("Search all logs", "not in any");
    browser.untilShown("No job has printed this");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void linesThatNoCursorReachesAreForgottenHoweverManyOneRecordBrings() {
    open("/jobs");
    var kept = browser.run("""
        import('/ansi.js').then(({Screen}) => {
          const screen = new Screen(key => ({key, text: ''}));
          for (let i = 0; i < 20; i++) screen.write('line\\n'.repeat(5000), String(i), () => {});
          screen.write('0%\\r100%\\n\\x1b[1Adone', '20', () => {});
          return screen.rows.length + ' ' + screen.rows.at(-1).text;
        })""");

    assertThat(Integer.parseInt(kept.split(" ")[0])).isLessThanOrEqualTo(400);
    assertThat(kept).endsWith(" done");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aFileThatIsLookedAtHasAnAddress() {
    var other = emulator.givenJob(
        job -> job.name("files").output("metrics.json", "{\"loss\": 0.71}".getBytes(UTF_8)));
    open("/jobs/" + other + "/files");
    browser.click("Look");
    browser.untilShown("0.71");
    var address = browser.run("location.hash.slice(1)");
    browser.go("about:blank");

    open(address);
    browser.untilShown("0.71");
    assertThat(browser.trouble()).isEmpty();
  }

  @Test
  void aRequestThatANetworkBreaksOffAsAJobIsOpenedIsAskedAgain() {
    printed();
    open("/jobs");
    browser.untilShown("hours");
    browser.hold("*/course");
    browser.run("location.hash = '#/jobs/" + id + "'");
    browser.breakOffHeld(2);
    browser.letGo();

    browser.untilShown("How it ended");
    browser.untilShown("hours");
    assertThat(browser.trouble()).isEmpty();
  }

  private void goTo(String place) {
    browser.type("Go to a time or record", place);
    browser.run("document.querySelector('[aria-label=\"Go to a time or record\"]').focus()");
    browser.press("Enter", 13);
  }

  private static String here(String text) {
    return "document.querySelector('.here')?.textContent.includes(" + BrowserPage.quoted(text)
        + ")";
  }
}
