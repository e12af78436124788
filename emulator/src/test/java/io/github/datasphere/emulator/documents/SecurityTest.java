package io.github.datasphere.emulator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each promise of docs/security.md has the tests that it names. */
class SecurityTest {
  private static final Pattern NAMED =
      Pattern.compile("`(\\w+(?:Test|IT|Contract|Attacks))#(\\w+)`");

  @Test
  void theTestsOfEachPromiseAreThere() throws IOException {
    var missing = new ArrayList<String>();
    for (var row : rows()) {
      var tests = NAMED.matcher(row).results().toList();
      if (tests.isEmpty()) {
        missing.add("no test: " + row);
      }
      for (var test : tests) {
        if (!isThere(test.group(1), test.group(2))) {
          missing.add(test.group());
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  private static List<String> rows() throws IOException {
    var text = Files.readString(Page.ROOT.resolve("docs/security.md"));
    var promises = text.substring(text.indexOf("## What is promised"));
    return promises
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| attack "))
        .toList();
  }

  private static boolean isThere(String type, String method) throws IOException {
    try (var sources = Files.walk(Page.ROOT.resolve("emulator/src/test/java"))) {
      var file = sources.filter(path -> path.endsWith(type + ".java")).findAny();
      return file.isPresent() && declares(file.get(), method);
    }
  }

  private static boolean declares(Path file, String method) throws IOException {
    return Files.readString(file).contains("void " + method + "(");
  }
}
