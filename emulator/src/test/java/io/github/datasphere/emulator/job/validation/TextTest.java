package io.github.datasphere.emulator.job.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
  private static final String SMILE = "\ud83d\ude00";

  @Test
  void quotedTextThatIsCutEndsWithAWholeCharacter() {
    assertThat(Text.quote("x".repeat(76) + SMILE + "yyy"))
        .isEqualTo("\"" + "x".repeat(76) + "...\"");
  }

  @Test
  void shortTextIsQuotedWhole() {
    assertThat(Text.quote(SMILE)).isEqualTo("\"" + SMILE + "\"");
  }

  @Test
  void halfOfACharacterIsReplacedAndAWholeOneIsKept() {
    assertThat(Text.wellFormed("a\ud83d" + SMILE)).isEqualTo("a\ufffd" + SMILE);
  }
}
