package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.JobStatus;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in names, commands, files and logs is text: it makes no element and runs nowhere.
 */
class ConsoleMarkupIT extends InConsole {
  private static final List<String> PIECES = List.of(
      "<script>window.hacked=1</script>",
      "<img src=x onerror=window.hacked=1>",
      "<svg onload=window.hacked=1>",
      "<style>*{display:none}</style>",
      "<a href=javascript:window.hacked=1>",
      "<iframe srcdoc='<script>parent.hacked=1</script>'>",
      "<base href=//evil.example>",
      "\" onmouseover=\"window.hacked=1",
      "' autofocus onfocus='window.hacked=1",
      "</title></textarea></pre>",
      "${window.hacked=1}{{hacked}}",
      "&lt;b&gt;&#x3c;",
      "\u001b]8;;javascript:window.hacked=1\u0007link\u001b]8;;\u0007",
      "\u202e\u2066\ufeff",
      "%3Cscript%3E");

  private static final String MADE =
      "[...document.querySelectorAll('main script, main style, main iframe,"
          + " main svg, main base, main object, main embed, main img, main [onerror], main [onload],"
          + " main [onfocus], main [onmouseover], main b, main [href^=\"javascript\" i], head base')]"
          + ".map(e => e.outerHTML).join() + (window.hacked ?? '')";

  @Override
  Emulator emulator() {
    return Emulator.inProcess();
  }

  @Test
  void markupOfUsersStaysText() {
    var random = new Random(14);
    for (int i = 0; i < 5; i++) {
      var name = some(random);
      var id = emulator.givenJob(job -> job.name("n" + name)
          .cmd("c" + some(random))
          .status(JobStatus.ERROR)
          .stdout("s" + some(random) + "\n" + some(random) + "\n")
          .output(
              "f" + some(random).replaceAll("[/\\p{Cntrl}]", "") + ".csv",
              (some(random) + ",2\n" + some(random) + ",3\n").getBytes(UTF_8)));
      open("/jobs");
      browser.untilShown("n" + visible(name));
      text();
      for (var view : List.of("", "/log", "/log?find=hacked", "/files", "/parameters")) {
        open("/jobs/" + id + view);
        browser.until("document.querySelector('main pre, main .line, main td')");
        text();
      }
      open("/jobs/" + id + "/files");
      browser.click("Look");
      browser.until("document.querySelectorAll('main table').length > 1");
      text();
    }
    assertThat(browser.trouble()).isEmpty();
  }

  private void text() {
    assertThat(browser.run(MADE)).isEmpty();
    assertThat(browser.run("document.title")).endsWith("Jobs Emulator");
  }

  /** As a page shows it that takes it for text: blanks at its end are not seen. */
  private static String visible(String name) {
    return name.replaceAll("[\\u001b\\u0007].*", "").replaceAll("\\p{Cf}.*", "").strip();
  }

  private static String some(Random random) {
    var text = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
