package io.github.datasphere.emulator.saved;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.engine.LogReceiver;
import io.github.datasphere.emulator.session.SessionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log of a saved job is read from any place, byte for byte. */
class SavedLogTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

  @Test
  void eachRecordIsFoundWhereItWas() throws Exception {
    var out = new ByteArrayOutputStream();
    var lines = new LogLines(out);
    for (int i = 0; i < 1000; i++) {
      lines.stdout(AT, ("line " + i + "\n").getBytes(UTF_8));
    }

    try (var log = new SavedLog(new ByteArrayInputStream(out.toByteArray()))) {
      assertThat(log.end()).isEqualTo(1000);
      for (long place : new long[] {0, 1, 63, 64, 65, 500, 999}) {
        assertThat(read(log, place)).first().isEqualTo("stdout line " + place + "\n");
      }
      assertThat(read(log, 1000)).isEmpty();
      assertThat(read(log, 5000)).isEmpty();
    }
  }

  @Test
  void bytesThatAreNoTextStayAsTheyAre() throws Exception {
    var odd = new byte[] {(byte) 0xff, 0, '\n', (byte) 0xc3};
    var out = new ByteArrayOutputStream();
    var lines = new LogLines(out);
    lines.stderr(AT, odd);
    lines.file(".system.log", AT, "line \u2028 \"quoted\"\n".getBytes(UTF_8));
    lines.check();

    var kept = new ArrayList<byte[]>();
    var names = new ArrayList<String>();
    out.toString(UTF_8)
        .lines()
        .forEach(line -> LogLines.read(line, new LogReceiver() {
          @Override
          public void stdout(Instant createdAt, byte[] content) {
            names.add("stdout");
          }

          @Override
          public void stderr(Instant createdAt, byte[] content) {
            kept.add(content);
          }

          @Override
          public void file(String path, Instant createdAt, byte[] content) {
            names.add(path + " " + createdAt);
            kept.add(content);
          }
        }));

    assertThat(kept.get(0)).isEqualTo(odd);
    assertThat(new String(kept.get(1), UTF_8)).isEqualTo("line \u2028 \"quoted\"\n");
    assertThat(names).containsExactly(".system.log " + AT);
  }

  @Test
  void aLineThatIsNoRecordIsRefused() {
    assertThatThrownBy(() -> LogLines.read("{\"at\": \"yesterday\"}", null))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("cannot be read");
  }

  private static List<String> read(SavedLog log, long offset) {
    var all = new ArrayList<String>();
    var reading = log.from(offset);
    reading.read(1 << 20, new LogReceiver() {
      @Override
      public void stdout(Instant createdAt, byte[] content) {
        all.add("stdout " + new String(content, UTF_8));
      }

      @Override
      public void stderr(Instant createdAt, byte[] content) {
        all.add("stderr " + new String(content, UTF_8));
      }

      @Override
      public void file(String path, Instant createdAt, byte[] content) {
        all.add(path + " " + new String(content, UTF_8));
      }
    });
    return all;
  }
}
