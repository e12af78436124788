package io.github.datasphere.emulator.client.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnzippingTest {
  @TempDir
  Path folder;

  @Test
  void entriesComeToLieInTheParent() throws Exception {
    Unzipping.into(folder.resolve("out"), archive("out/a.txt", "out/deep/b.txt"));

    assertThat(folder.resolve("out/a.txt")).hasContent("out/a.txt");
    assertThat(folder.resolve("out/deep/b.txt")).hasContent("out/deep/b.txt");
    assertThat(folder).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void whatIsThereAndNotInTheArchiveStays() throws Exception {
    Files.createDirectories(folder.resolve("out/deep"));
    Files.writeString(folder.resolve("out/deep/old.txt"), "old");
    Files.writeString(folder.resolve("out/a.txt"), "old");

    Unzipping.into(folder.resolve("out"), archive("out/a.txt", "out/deep/b.txt"));

    assertThat(folder.resolve("out/deep/old.txt")).hasContent("old");
    assertThat(folder.resolve("out/a.txt")).hasContent("out/a.txt");
    assertThat(folder.resolve("out/deep/b.txt")).exists();
  }

  @Test
  void whatIsInTheWayIsNamedAndTheRestArrives() throws Exception {
    Files.createDirectories(folder.resolve("out/a.txt"));
    Files.createFile(folder.resolve("out/deep"));

    assertThatThrownBy(() -> Unzipping.into(
            folder.resolve("out"), archive("out/a.txt", "out/deep/b.txt", "out/c.txt")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("out/a.txt is a folder here and a file in the job")
        .hasMessageContaining("out/deep is a file here and a folder in the job");

    assertThat(folder.resolve("out/c.txt")).hasContent("out/c.txt");
  }

  @Test
  void archiveWithoutEntriesMakesAnEmptyFolder() throws Exception {
    Unzipping.into(folder.resolve("out"), archive());

    assertThat(folder.resolve("out")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "out/../../x", "/tmp/x-of-a-test", "out/../.."})
  void entryThatLeadsOutUnpacksNothing(String name) throws Exception {
    Path archive = archive("out/a.txt", name);

    assertThatThrownBy(() -> Unzipping.into(folder.resolve("out"), archive))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("`" + name + "`");

    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void brokenArchiveLeavesNothing() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken"), "no archive");

    assertThatThrownBy(() -> Unzipping.into(folder.resolve("out"), broken))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("broken");

    assertThat(folder.resolve("out")).doesNotExist();
  }

  private Path archive(String... names) throws IOException {
    Path archive = folder.resolve("archive.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes());
      }
    }
    return archive;
  }
}
