package io.github.datasphere.emulator.store.h2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteAheadLogTest {
  @TempDir
  Path directory;

  @Test
  void recordsComeBackInOrder() throws IOException {
    write("one", "two", "three");
    assertThat(read()).containsExactly("1 one", "2 two", "3 three");
  }

  @Test
  void whatIsAppendedAfterARestartFollows() throws IOException {
    write("one");
    try (var journal = WriteAheadLog.open(directory, (number, record) -> {})) {
      journal.append(2, bytes("two"), false);
    }
    assertThat(read()).containsExactly("1 one", "2 two");
  }

  @Test
  void recordsStayUntilTheyAreDropped() throws IOException {
    try (var journal = WriteAheadLog.open(directory, (number, record) -> {})) {
      journal.append(1, bytes("one"), false);
      journal.rotate(1);
      assertThat(journal.size()).isZero();
      journal.append(2, bytes("two"), false);
      assertThat(read()).containsExactly("1 one", "2 two");
      journal.rotate(2);
      journal.append(3, bytes("three"), false);
      journal.dropUntil(1);
      assertThat(read()).containsExactly("2 two", "3 three");
    }
  }

  @Test
  void recordIsThereWholeOrNotAtAll() throws IOException {
    write("one", "two");
    var whole = Files.readAllBytes(file());
    int first = whole.length / 2;
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertThat(read())
          .as("%d bytes", length)
          .isEqualTo(length < first ? List.of() : List.of("1 one"));
    }
  }

  @Test
  void changedRecordAndWhatFollowsIsDropped() throws IOException {
    write("one", "two", "six");
    var bytes = Files.readAllBytes(file());
    bytes[bytes.length / 3 + 17]++;
    Files.write(file(), bytes);
    assertThat(read()).containsExactly("1 one");
  }

  @Test
  void tornTailIsNeverReadAgain() throws IOException {
    write("one", "two");
    Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), 30));
    Files.write(file(), new byte[5000], StandardOpenOption.APPEND);
    try (var journal = WriteAheadLog.open(directory, (number, record) -> {})) {
      journal.append(2, bytes("too"), false);
    }
    assertThat(read()).containsExactly("1 one", "2 too");
  }

  private void write(String... records) throws IOException {
    try (var journal = WriteAheadLog.open(directory, (number, record) -> {})) {
      for (int i = 0; i < records.length; i++) {
        journal.append(i + 1, bytes(records[i]), false);
      }
    }
  }

  private List<String> read() throws IOException {
    var records = new ArrayList<String>();
    WriteAheadLog.open(
            directory, (number, record) -> records.add(number + " " + new String(record, UTF_8)))
        .close();
    return records;
  }

  private Path file() {
    return directory.resolve("journal");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
