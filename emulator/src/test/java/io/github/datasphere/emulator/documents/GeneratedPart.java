package io.github.datasphere.emulator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;

/**
 * The part of a document that a test writes, between two comments: {@code <!-- NAME:begin (..) -->}
 * and {@code <!-- NAME:end -->}.
 *
 * @param document its path in the repository
 */
public record GeneratedPart(String document, String name) {
  /**
   * Fails if the document shows something else. With {@code -Ddocs.update=true} it is renewed
   * instead.
   */
  public void shows(String text) throws IOException {
    var page = Page.of(document);
    var expected = in(page.text(), text);
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(page.path(), expected);
      return;
    }

    assertThat(page.text())
        .as(document + " is stale: run this test with -Ddocs.update=true")
        .isEqualTo(expected);
  }

  private String in(String page, String text) {
    var marks = Pattern.compile(
            "(?s)(<!-- " + name + ":begin [^\n]*-->\n).*(<!-- " + name + ":end -->)")
        .matcher(page);
    if (!marks.find()) {
      throw new AssertionError(document + " lacks the lines <!-- " + name + ":begin (..) --> and"
          + " <!-- " + name + ":end -->");
    }
    return page.substring(0, marks.end(1)) + text + page.substring(marks.start(2));
  }
}
