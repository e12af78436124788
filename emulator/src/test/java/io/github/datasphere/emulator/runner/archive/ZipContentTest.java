package io.github.datasphere.emulator.runner.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.plan.Placement;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZipContentTest {
  private static final long LIMIT = 1 << 20;
  private static final int SYMLINK = 0xa1ff;
  private static final int REGULAR = 0x81a4;
  private static final JobFile FILE =
      new JobFile(new FileDesc("the/dir", ""), "ab".repeat(32), 1, Compression.ZIP);

  @TempDir
  Path folder;

  @Test
  void entriesLoseTheNameOfTheirDirectory() throws Exception {
    var entries = new LinkedHashMap<String, String>();
    entries.put("dir/", "");
    entries.put("dir/a.txt", "A");
    entries.put("dir/dir/b.txt", "B");
    entries.put("other.txt", "O");

    try (var zip = open(RunnerHarness.zip(entries), "dir")) {
      assertThat(zip.entries())
          .extracting(ZipContent.Entry::path)
          .containsExactly("", "a.txt", "dir/b.txt", "other.txt");
      assertThat(zip.open(zip.entries().get(1)).readAllBytes()).isEqualTo("A".getBytes(UTF_8));
    }
  }

  @Test
  void nameThatIsNotUtf8IsNamed() throws IOException {
    var archive = RunnerHarness.zip(Map.of("fine", "1", "cafe", "2"));
    for (int at = 0; at < archive.length - 3; at++) {
      if (archive[at] == 'c' && archive[at + 1] == 'a' && archive[at + 2] == 'f') {
        archive[at + 3] = (byte) 0xE9;
      }
    }

    assertThatThrownBy(() -> open(archive, ""))
        .isInstanceOf(PreparationException.class)
        .hasMessageContaining("its entry 'caf%E9' is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "a/..", "/abs"})
  void escapingEntryIsNamed(String name) throws IOException {
    var archive = RunnerHarness.zip(Map.of("fine", "1", name, "2"));

    assertThatThrownBy(() -> open(archive, ""))
        .isInstanceOf(PreparationException.class)
        .hasMessageContaining("'" + name + "'")
        .hasMessageContaining("the/dir");
  }

  @Test
  void linkIsNamed() {
    var archive = RunnerHarness.zip(Map.of("fine", "1", "evil-link", "/etc/passwd"));

    assertThatThrownBy(() -> open(withMode(archive, "evil-link", SYMLINK), ""))
        .isInstanceOf(PreparationException.class)
        .hasMessageContaining("'evil-link'");
  }

  @Test
  void plainModeIsNoLink() throws Exception {
    var archive = RunnerHarness.zip(Map.of("fine", "1"));

    try (var zip = open(withMode(archive, "fine", REGULAR), "")) {
      assertThat(zip.entries()).hasSize(1);
    }
  }

  @Test
  void contentBeyondTheLimitIsRefused() {
    var archive = RunnerHarness.zip(Map.of("big", "x".repeat((int) LIMIT + 1)));

    assertThatThrownBy(() -> open(archive, ""))
        .isInstanceOf(PreparationException.class)
        .hasMessageContaining("working-storage");
  }

  @Test
  void sizesWhoseSumIsBeyondAnyNumberAreRefused() throws IOException {
    var half = 1L << 62;
    var archive = withSizes(Map.of("a", half, "b", half, "c", half, "d", half));

    assertThatThrownBy(() -> open(archive, ""))
        .isInstanceOf(PreparationException.class)
        .hasMessageContaining("working-storage");
  }

  @Test
  void aSizeBelowZeroIsRefused() throws IOException {
    // By newer Javas when they open the archive
    assertThatThrownBy(() -> open(withSizes(Map.of("odd", -2L)), ""))
        .isInstanceOf(PreparationException.class)
        .hasMessageContaining("the/dir");
  }

  @Test
  void anEntryThatIsReadAgainCountsAgain() throws Exception {
    var archive = RunnerHarness.zip(Map.of("most", "x".repeat((int) LIMIT * 2 / 3)));

    try (var zip = open(archive, "")) {
      zip.open(zip.entries().get(0)).readAllBytes();
      assertThatThrownBy(() -> zip.open(zip.entries().get(0)).readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("more than the job's disk has left");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a,     a/b,   a/b",
    "a/b,   a,     a",
    "a/,    a,     a",
    "a/b/c, a/b,   a/b",
    "dir,   other, dir"
  })
  void anEntryThatIsFileAndDirectoryAtOnceIsNamed(String first, String second, String named)
      throws IOException {
    var entries = new LinkedHashMap<String, String>();
    entries.put(first, first.endsWith("/") ? "" : "1");
    entries.put(second, "2");

    assertThatThrownBy(() -> open(RunnerHarness.zip(entries), "dir"))
        .isInstanceOf(PreparationException.class)
        .hasMessageContaining("entry '" + named + "' is a file and a directory at once");
  }

  @Test
  void contentBeyondWhatTheArchiveSaysIsRefused() throws Exception {
    var archive = RunnerHarness.zip(Map.of("liar", "x".repeat(100_000)));
    ByteBuffer.wrap(archive)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(directoryEntry(archive, "liar") + 24, 10);

    try (var zip = open(archive, "")) {
      assertThatThrownBy(() -> zip.open(zip.entries().get(0)).readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("liar");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no archive at all", "PK\003\004 but then nothing"})
  void otherContentIsNoArchive(String content) {
    assertThatThrownBy(() -> open(content.getBytes(UTF_8), ""))
        .isInstanceOf(PreparationException.class)
        .hasMessageContaining("the/dir");
  }

  private ZipContent open(byte[] archive, String strip) throws IOException, PreparationException {
    var file = Files.write(folder.resolve("archive.zip"), archive);
    return ZipContent.open(file, new Placement.Archive(FILE, "/job/dir", strip), LIMIT);
  }

  private static byte[] withMode(byte[] archive, String name, int mode) {
    var bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    int entry = directoryEntry(archive, name);
    bytes.put(entry + 5, (byte) 3);
    bytes.putInt(entry + 38, mode << 16);
    return archive;
  }

  /** Empty files, each of this size as the table of contents says it in ZIP64's field. */
  private static byte[] withSizes(Map<String, Long> sizes) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var size : sizes.entrySet()) {
        var entry = new ZipEntry(size.getKey());
        // A field of another kind, until its place is known
        entry.setExtra(new byte[] {(byte) 0xfe, (byte) 0xca, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        zip.putNextEntry(entry);
        zip.closeEntry();
      }
    }
    var archive = bytes.toByteArray();
    var buffer = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    sizes.forEach((name, size) -> {
      int at = directoryEntry(archive, name);
      buffer.putInt(at + 24, -1);
      buffer.putShort(at + 46 + name.length(), (short) 1);
      buffer.putLong(at + 46 + name.length() + 4, size);
    });
    return archive;
  }

  private static int directoryEntry(byte[] archive, String name) {
    var bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < archive.length - 46; at++) {
      if (bytes.getInt(at) == 0x02014b50
          && new String(archive, at + 46, name.length(), UTF_8).equals(name)) {
        return at;
      }
    }
    throw new AssertionError("no entry " + name);
  }
}
