package io.github.datasphere.emulator.runner.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveStreamTest {
  private static final FileTime THEN = FileTime.fromMillis(1_700_000_000_000L);

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 8192, 1 << 20})
  void archiveHoldsAllEntriesHoweverItIsRead(int buffer) throws IOException {
    var entries =
        Map.of("d/", "", "d/a.txt", "alpha", "d/empty", "", "d/большой", "x".repeat(200_000));

    assertThat(unzip(read(stream(entries), buffer))).isEqualTo(new TreeMap<>(entries));
  }

  @Test
  void sameEntriesGiveTheSameBytes() throws IOException {
    var entries = Map.of("d/a", "1", "d/b", "2");

    assertThat(read(stream(entries), 100)).isEqualTo(read(stream(entries), 7));
  }

  @Test
  void noEntriesGiveAnEmptyArchive() throws IOException {
    assertThat(unzip(read(stream(Map.of()), 10))).isEmpty();
  }

  private static ArchiveStream stream(Map<String, String> entries) {
    List<Map.Entry<String, String>> left = new ArrayList<>(new TreeMap<>(entries).entrySet());
    return ArchiveStream.zip(() -> {
      if (left.isEmpty()) {
        return null;
      }
      var entry = left.remove(0);
      var content = entry.getValue().getBytes(UTF_8);
      return new ArchiveStream.Entry(
          entry.getKey(), content.length, THEN, () -> new ByteArrayInputStream(content));
    });
  }

  private static byte[] read(ArchiveStream stream, int length) throws IOException {
    var all = new ByteArrayOutputStream();
    var buffer = new byte[length];
    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
      all.writeBytes(Arrays.copyOf(buffer, count));
    }
    assertThat(stream.read()).isEqualTo(-1);
    return all.toByteArray();
  }

  private static Map<String, String> unzip(byte[] archive) throws IOException {
    var entries = new TreeMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return entries;
  }
}
