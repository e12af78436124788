package io.github.datasphere.emulator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** README is one page, and says the same in both languages. */
class ReadmePagesTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```\\w*\n.*?```|(?m)^    \\S[^\n]*$");

  @ParameterizedTest
  @CsvSource({"README.md, 10240", "README.ru.md, 16384"})
  void readmeIsOnePage(String name, int mostBytes) throws IOException {
    var text = Page.of(name).text();

    assertThat(text.lines().count()).isLessThanOrEqualTo(150);
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(mostBytes);
  }

  @Test
  void bothLanguagesShowTheSameCommandsAndCode() throws IOException {
    assertThat(blocks("README.ru.md")).isEqualTo(blocks("README.md")).isNotEmpty();
  }

  @Test
  void bothLanguagesHaveTheSameLinks() throws IOException {
    assertThat(files("README.ru.md")).isEqualTo(files("README.md")).isNotEmpty();
  }

  private static List<String> blocks(String name) throws IOException {
    return BLOCK
        .matcher(Page.of(name).text())
        .results()
        .map(found -> found.group())
        .toList();
  }

  /** Links to files; those to headings differ, since headings do. */
  private static List<String> files(String name) throws IOException {
    return Page.of(name).links().stream().filter(link -> !link.startsWith("#")).toList();
  }
}
