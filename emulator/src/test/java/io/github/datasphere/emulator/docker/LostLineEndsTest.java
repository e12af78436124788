package io.github.datasphere.emulator.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LostLineEndsTest {
  private static final String PART = "x".repeat(16 * 1024);

  private final StringBuilder passed = new StringBuilder();

  @Test
  void shortLinesAreAsTheyAre() throws IOException {
    pass("a\n", "b\n", "tail");

    assertThat(passed).asString().isEqualTo("a\nb\ntail");
  }

  @Test
  void lastPartOfALongLineGetsItsEnd() throws IOException {
    pass(PART, PART, "end", "next\n");

    assertThat(passed).asString().isEqualTo(PART + PART + "end\nnext\n");
  }

  @Test
  void endThatADriverGivesIsNotDoubled() throws IOException {
    pass(PART, "end\n", PART, "end\n");

    assertThat(passed).asString().isEqualTo(PART + "end\n" + PART + "end\n");
  }

  @Test
  void lineThatEndsWithItsPartGetsItsEndOnceTheDriverIsKnownToLoseThem() throws IOException {
    pass(PART, "end", PART, "next\n");

    assertThat(passed).asString().isEqualTo(PART + "end\n" + PART + "\nnext\n");
  }

  private void pass(String... entries) throws IOException {
    var ends = new LostLineEnds();
    for (var entry : entries) {
      var bytes = entry.getBytes(UTF_8);
      ends.pass(
          1,
          bytes,
          bytes.length,
          (stream, b, offset, length) -> passed.append(new String(b, offset, length, UTF_8)));
    }
  }
}
