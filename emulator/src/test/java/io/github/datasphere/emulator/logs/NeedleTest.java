package io.github.datasphere.emulator.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search leaves out only what certainly has nothing of the text. */
class NeedleTest {
  private static final String PARTS =
      "a b ab 0 - \t . \\d \\w \\. \\\\ [ab] [^a] [0-9] [a&&b] [[a]b] ( ) (?: (?i) | * + ? {0}"
          + " {2} {0,1} ?? *+ ^ $ \\Qa.\\E \\x41 \\u0061 \\bb \\1 ] } # k \u00e9";

  private static final int CASES = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  @Test
  void whatATextIsFoundInIsNeverLeftOut() {
    var random = new Random(14);
    var letters = "aAbBkKsSiIzZ0 .-\u212a\u017f\u0131\u0130\u00e9\u00c9\u0436\u0416\ud83d\ude00";
    for (int i = 0; i < 200_000; i++) {
      var text = some(random, letters, 1 + random.nextInt(4));
      var content = some(random, letters, random.nextInt(12));
      if (Pattern.compile(Pattern.quote(text), CASES).matcher(content).find()) {
        assertThat(Needle.of(text).mayBeIn(content.getBytes(UTF_8)))
            .as("'%s' in '%s'", text, content)
            .isTrue();
      }
    }
  }

  @Test
  void whatAnExpressionMatchesIsNeverLeftOut() {
    var random = new Random(14);
    var parts = List.of(PARTS.split(" "));
    int matched = 0;
    for (int i = 0; i < 300_000; i++) {
      var regex = new StringBuilder();
      for (int part = 1 + random.nextInt(6); part > 0; part--) {
        regex.append(parts.get(random.nextInt(parts.size())));
      }
      var content = some(random, "aAbB0.-\\\t#]}\u00e9\u212a", random.nextInt(10));
      if (isFound(regex.toString(), content)) {
        matched++;
        assertThat(Needle.ofRegex(regex.toString()).mayBeIn(content.getBytes(UTF_8)))
            .as("'%s' in '%s'", regex, content)
            .isTrue();
      }
    }
    assertThat(matched).isGreaterThan(10_000);
  }

  private static boolean isFound(String regex, String content) {
    try {
      return Pattern.compile(regex, CASES | Pattern.MULTILINE).matcher(content).find();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "error \\d+, an error 7, no err 7",
    "loss=[0-9.]+ at, loss=0.5 at, loss=0.5 a",
    "(epoch)+ end, epoch end, end",
    "colou?rful, colorful, culture"
  })
  void whatAnExpressionCannotMatchIsLeftOut(String regex, String with, String without) {
    assertThat(Needle.ofRegex(regex).isAnywhere()).isFalse();
    assertThat(Needle.ofRegex(regex).mayBeIn(with.getBytes(UTF_8))).isTrue();
    assertThat(Needle.ofRegex(regex).mayBeIn(without.getBytes(UTF_8))).isFalse();
  }

  @Test
  void noOtherLettersThanThoseLeftOutAreTheSameButForTheirCase() {
    for (int c = 0x80; c <= Character.MAX_VALUE; c++) {
      for (char letter = 'a'; letter <= 'z'; letter++) {
        boolean isSame = Pattern.compile(String.valueOf(letter), CASES)
            .matcher(String.valueOf((char) c))
            .find();
        if (isSame) {
          assertThat("iks").contains(String.valueOf(letter));
        }
      }
    }
  }

  @Test
  void whatHasNothingOfATextIsLeftOut() {
    assertThat(Needle.of("error").mayBeIn("all is well, erro".getBytes(UTF_8))).isFalse();
    assertThat(Needle.of("ERROR").mayBeIn("an error".getBytes(UTF_8))).isTrue();
    assertThat(Needle.of("abcabd").mayBeIn("abcabcabd".getBytes(UTF_8))).isTrue();
    assertThat(Needle.of("").mayBeIn(new byte[0])).isTrue();
  }

  private static String some(Random random, String letters, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
