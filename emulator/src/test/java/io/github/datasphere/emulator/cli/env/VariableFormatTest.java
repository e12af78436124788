package io.github.datasphere.emulator.cli.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariableFormatTest {
  private static final String ODD = "it's \"$HOME\" \\ `x` é";
  private static final Map<String, String> VARIABLES =
      Map.of("PLAIN", "http://127.0.0.1:9097", "ODD", ODD);

  @Test
  void bashEvaluatesToTheSameValues() throws IOException {
    var script = VariableFormat.BASH.all(VARIABLES) + "printf '%s|%s' \"$PLAIN\" \"$ODD\"";
    var process =
        new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes()))
        .isEqualTo("http://127.0.0.1:9097|" + ODD);
  }

  @Test
  void bashExportsAndQuotesOnlyWhereItMust() {
    assertThat(VariableFormat.BASH.line("A", "x-1.y:z/%")).isEqualTo("export A=x-1.y:z/%");
    assertThat(VariableFormat.BASH.line("A", "it's")).isEqualTo("export A='it'\\''s'");
    assertThat(VariableFormat.BASH.line("A", "")).isEqualTo("export A=''");
  }

  @Test
  void fishEscapesQuotesAndBackslashes() {
    assertThat(VariableFormat.FISH.line("A", "a'b\\c")).isEqualTo("set -gx A 'a\\'b\\\\c';");
  }

  @Test
  void powershellDoublesQuotes() {
    assertThat(VariableFormat.POWERSHELL.line("A", "a'b$c")).isEqualTo("$env:A = 'a''b$c'");
  }

  @Test
  void dotenvIsNameAndValue() {
    assertThat(VariableFormat.DOTENV.all(Map.of("A", "x y"))).isEqualTo("A=x y\n");
  }

  @Test
  void jsonIsOneObject() {
    assertThat(VariableFormat.JSON.all(Map.of("A", "a\"b\\c\n")))
        .isEqualTo("{\n  \"A\": \"a\\\"b\\\\c\\u000a\"\n}\n");
  }
}
