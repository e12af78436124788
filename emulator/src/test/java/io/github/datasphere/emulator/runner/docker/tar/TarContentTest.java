package io.github.datasphere.emulator.runner.docker.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_BLK;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_CHR;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_CONTIG;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_DIR;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_FIFO;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_LINK;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_NORMAL;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_SYMLINK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of what jobs left, with entries that want to be elsewhere, or more. */
class TarContentTest {
  private static final long LIMIT = 10_000;

  @TempDir
  Path folder;

  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
  private final TarArchiveOutputStream out = new TarArchiveOutputStream(archive, UTF_8.name());
  private Path root;

  @BeforeEach
  void makeTheRoot() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    out.setAddPaxHeadersForNonAsciiNames(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set/../../out",
        "set/a/../../../out",
        "set/./../../out",
        "set/..//../out",
        "set/a/b/../../../../out",
        "../../out",
        "x/../../out",
        "//out",
        "set//etc/passwd"
      })
  void aNameThatLeadsOutIsRefused(String name) throws IOException {
    entry(name, LF_NORMAL, "", "2");

    assertThatThrownBy(this::unpack)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leads out of its directory");
    assertNothingOutside();
  }

  /** The engine's first part is dropped, so these are names as any other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/out",
        "/etc/passwd",
        "set/..\\out",
        "set/C:\\out",
        "set/~/out",
        "set/%2e%2e/out",
        "set/\u2025/out",
        "set/-rf",
        "set/ ",
        "set/a\nb",
        "set/\u202egpj.x",
        "set/CON"
      })
  void aStrangeNameStaysWithin(String name) throws IOException {
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(root.resolve("~"));
    Files.createDirectories(root.resolve("%2e%2e"));
    Files.createDirectories(root.resolve("\u2025"));
    entry(name, LF_NORMAL, "", "2");

    unpack();

    assertNothingOutside();
    try (var files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../out", "/etc", "..", "a/../../out"})
  void nothingIsWrittenThroughALink(String target) throws IOException {
    entry("set/link", LF_SYMLINK, target, "");
    entry("set/link/x", LF_NORMAL, "", "2");

    assertThatThrownBy(this::unpack).isInstanceOf(IOException.class);
    assertNothingOutside();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "set/../../out", "set/a/../../../out"})
  void aSecondNameOfWhatLiesOutsideIsRefused(String target) throws IOException {
    Files.writeString(folder.resolve("out"), "secret");
    entry("set/link", LF_LINK, target.replace("../out", "/../../out"), "");

    assertThatThrownBy(this::unpack).hasMessageContaining("leads out of its directory");
    assertThat(root).isEmptyDirectory();
  }

  /** The engine tells a file that has two names as a file and a link to it, whatever it is. */
  @Test
  void aSecondNameIsTheSameOnceMore() throws IOException {
    entry("set/file", LF_NORMAL, "", "content");
    entry("set/file2", LF_LINK, "set/file", "");
    entry("set/link", LF_SYMLINK, "file", "");
    entry("set/link2", LF_LINK, "set/link", "");
    entry("set/pipe", LF_FIFO, "", "");
    entry("set/pipe2", LF_LINK, "set/pipe", "");

    unpack();

    assertThat(names()).containsExactly("file", "file2", "link", "link2");
    assertThat(root.resolve("file2")).hasContent("content");
    assertThat(root.resolve("link2")).isSymbolicLink().hasContent("content");
  }

  @ParameterizedTest
  @ValueSource(bytes = {LF_CHR, LF_BLK, LF_FIFO})
  void devicesAndPipesAreLeftOut(byte kind) throws IOException {
    entry("set/odd", kind, "", "");
    entry("set/fine", LF_NORMAL, "", "1");

    unpack();

    assertThat(names()).containsExactly("fine");
  }

  @Test
  void aFileOfAnOldKindIsAFile() throws IOException {
    entry("set/old", LF_CONTIG, "", "1");

    unpack();

    assertThat(root.resolve("old")).hasContent("1");
  }

  @Test
  void aDirectoryThatIsAFileBeforeIsTold() throws IOException {
    entry("set/a", LF_NORMAL, "", "1");
    entry("set/a", LF_DIR, "", "");

    assertThatThrownBy(this::unpack).isInstanceOf(IOException.class).hasMessageContaining("a");
  }

  @Test
  void moreThanTheLimitIsNotWritten() throws IOException {
    entry("set/fits", LF_NORMAL, "", "x".repeat(6_000));
    entry("set/fits not", LF_NORMAL, "", "x".repeat(6_000));

    assertThatThrownBy(this::unpack).hasMessageContaining("more than " + LIMIT + " bytes");
    assertThat(names()).containsExactly("fits");
  }

  @Test
  void secondNamesCountAsMuchAsFirstOnes() throws IOException {
    entry("set/a", LF_NORMAL, "", "x".repeat(6_000));
    entry("set/b", LF_LINK, "set/a", "");

    assertThatThrownBy(this::unpack).hasMessageContaining("more than " + LIMIT + " bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 511, 512, 513, 900, 1023, 1535, 1536})
  void whatBreaksOffIsNoWhole(int length) throws IOException {
    entry("set/a", LF_NORMAL, "", "x".repeat(600));
    out.close();
    var cut = Arrays.copyOf(archive.toByteArray(), length);

    assertThatThrownBy(
            () -> TarContent.unpack(new DockerTar(new ByteArrayInputStream(cut)), root, LIMIT))
        .isInstanceOf(IOException.class);
  }

  private void entry(String name, byte kind, String link, String content) throws IOException {
    var entry = new TarArchiveEntry(name, kind, true);
    entry.setLinkName(link);
    entry.setSize(content.length());
    out.putArchiveEntry(entry);
    out.write(content.getBytes(UTF_8));
    out.closeArchiveEntry();
  }

  private void unpack() throws IOException {
    out.close();
    try (var tar = new DockerTar(new ByteArrayInputStream(archive.toByteArray()))) {
      TarContent.unpack(tar, root, LIMIT);
    }
  }

  private void assertNothingOutside() throws IOException {
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(root);
    }
  }

  private List<String> names() throws IOException {
    try (var all = Files.list(root)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
