package io.github.datasphere.emulator.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.archive.ZipContent;
import io.github.datasphere.emulator.runner.plan.Placement;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that want to be more, or elsewhere, than their job's input. */
class ArchiveAttacksTest {
  private static final long LIMIT = 10_000;
  private static final JobFile FILE =
      new JobFile(new FileDesc("data", ""), "ab".repeat(32), 1, Compression.ZIP);

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../",
        "../../etc/passwd",
        "./../x",
        "a/../x",
        "a/b/../../../x",
        "a/./../../x",
        "data/../../x",
        "data/..",
        "/etc/passwd",
        "//etc/passwd",
        "/",
        "a\0/x",
        "x\0.txt"
      })
  void aNameThatLeadsOutIsRefused(String name) {
    var archive = new OddZip().file("fine", "1").file(name, "2").bytes();

    assertThatThrownBy(() -> open(archive))
        .isInstanceOf(PreparationException.class)
        .hasMessageContaining("The archive of data is");
  }

  /** What another system, or a later reader, could take for a way out is a name as any other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "..\\x",
        "C:\\x",
        "C:/x",
        "~/x",
        "$HOME/x",
        "%2e%2e/x",
        "\u2025/x",
        "\uff0e\uff0e/x",
        ".../x",
        "..x/y",
        "x../y",
        " ../y",
        ".//x",
        "a//b",
        "-rf",
        "`reboot`",
        "${HOME}"
      })
  void aStrangeNameStaysWithin(String name) throws Exception {
    try (var zip = open(new OddZip().file(name, "1").bytes())) {
      var top = folder.resolve("top");
      assertThat(zip.entries()).hasSize(1).allSatisfy(entry -> {
        var placed = top.resolve(entry.path()).normalize();
        assertThat(placed).startsWithRaw(top).isNotEqualTo(top);
        assertThat(entry.path().split("/")).doesNotContain("..", "");
      });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0xa1ff, 0x11ff, 0x21ff, 0x61ff, 0xc1ff})
  void linksPipesDevicesAndSocketsAreRefused(int mode) {
    var archive = new OddZip()
        .file("fine", "1")
        .special("odd", "/etc/passwd", mode)
        .file("odd/x", "2")
        .bytes();

    assertThatThrownBy(() -> open(archive))
        .isInstanceOf(PreparationException.class)
        .hasMessageContaining("'odd' is a link or another special file");
  }

  @Test
  void aNameThatComesTwiceCountsOnce() throws Exception {
    var archive = new OddZip().file("a", "first").file("a", "second").bytes();

    assertNoMoreThan(archive, "first".length() + "second".length());
  }

  @Test
  void namesThatDifferInCaseAloneAreTwoFiles() throws Exception {
    try (var zip = open(new OddZip().file("A", "1").file("a", "2").bytes())) {
      assertThat(zip.entries()).extracting(ZipContent.Entry::path).containsExactly("A", "a");
    }
  }

  /** The table of contents alone says where a file goes. */
  @Test
  void theNameWhereAFileLiesDoesNotCount() throws Exception {
    try (var zip = open(new OddZip().twoNames("a", "../../x", "1").bytes())) {
      assertThat(zip.entries()).extracting(ZipContent.Entry::path).containsExactly("a");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000_000, Integer.MAX_VALUE, -1})
  void aSizeThatIsALieGivesNoMoreThanTheLimit(int size) throws Exception {
    var archive = new OddZip().liar("a", "x".repeat(100), size).bytes();

    assertNoMoreThan(archive, 100);
  }

  @Test
  void aTableOfContentsThatNamesOneContentManyTimesStaysWithinTheLimit() throws Exception {
    var many = new OddZip();
    for (int i = 0; i < 20; i++) {
      many.file("a", "x".repeat(1_000));
    }

    assertThatThrownBy(() -> open(many.bytes()))
        .isInstanceOf(PreparationException.class)
        .hasMessageContaining("working-storage");
  }

  /** Either the archive is refused with a word, or its files have no more bytes than these. */
  private void assertNoMoreThan(byte[] archive, long bytes) throws IOException {
    try (var zip = open(archive)) {
      long read = 0;
      for (var entry : zip.entries()) {
        try (var content = zip.open(entry)) {
          read += content.readAllBytes().length;
        }
      }
      assertThat(read).isLessThanOrEqualTo(bytes);
    } catch (PreparationException e) {
      assertThat(e).hasMessageContaining("data");
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?s).*(larger|invalid|unpacks|a).*");
    }
  }

  private ZipContent open(byte[] archive) throws IOException, PreparationException {
    var file = Files.write(folder.resolve("archive.zip"), archive);
    return ZipContent.open(file, new Placement.Archive(FILE, "/job/dir", "data"), LIMIT);
  }
}
