package io.github.datasphere.emulator.runner.supervisor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndMarkTest {
  private static final Token TOKEN = new Token("0123456789abcdef");
  private static final String MARK = "\036" + TOKEN.text() + " 42\n";

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 19, 64 * 1024})
  void outputIsWhatComesBeforeTheMark(int piece) throws IOException {
    var text = "lines\nwithout end \036\036" + TOKEN.text() + "\036no mark\036";

    assertThat(copy(text + MARK, piece)).hasValue(new Report.Exited(42));
    assertThat(output.toString(ISO_8859_1)).isEqualTo(text);
  }

  @Test
  void markOfAnotherTokenIsOutput() throws IOException {
    var forged = "\036" + "f".repeat(16) + " 0\n";

    assertThat(copy(forged + MARK, 8)).hasValue(new Report.Exited(42));
    assertThat(output.toString(ISO_8859_1)).isEqualTo(forged);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 19, 64 * 1024})
  void marksInBetweenAreNoOutputAndAreTold(int piece) throws IOException {
    var between = new Token("fedcba9876543210");
    var mark = "\036" + between.text() + " mark\n";
    var found = new ArrayList<String>();
    var marks =
        new EndMark(TOKEN, List.of(between), token -> found.add(output.toString(ISO_8859_1)));

    var report = marks.copy(inPieces("a" + mark + mark + "b" + MARK, piece), output::write);

    assertThat(report).hasValue(new Report.Exited(42));
    assertThat(output.toString(ISO_8859_1)).isEqualTo("ab");
    assertThat(found).containsExactly("a", "a");
  }

  @Test
  void whatFollowsTheMarkIsNotOutput() throws IOException {
    assertThat(copy("a" + MARK + "late", 1000)).hasValue(new Report.Exited(42));
    assertThat(output.toString(ISO_8859_1)).isEqualTo("a");
  }

  @Test
  void brokenStreamGivesAllThatCameAndNoCode() throws IOException {
    assertThat(copy("half\0360123", 5)).isEmpty();
    assertThat(output.toString(ISO_8859_1)).isEqualTo("half\0360123");
  }

  @Test
  void largeOutputPassesUnchanged() throws IOException {
    var text = "x\036y".repeat(200_000);

    assertThat(copy(text + MARK, 10_000)).hasValue(new Report.Exited(42));
    assertThat(output.toString(ISO_8859_1)).isEqualTo(text);
  }

  private Optional<Report> copy(String text, int piece) throws IOException {
    return new EndMark(TOKEN).copy(inPieces(text, piece), output::write);
  }

  /** Gives a few bytes at a time, as pipes do. */
  private static InputStream inPieces(String text, int piece) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, piece));
      }
    };
  }
}
