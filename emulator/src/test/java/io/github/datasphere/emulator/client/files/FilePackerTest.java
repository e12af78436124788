package io.github.datasphere.emulator.client.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.proto.jobs.FileCompressionType;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePackerTest {
  @TempDir
  Path folder;

  @TempDir
  Path temporary;

  private final List<String> remarks = new ArrayList<>();
  private FilePacker packer;

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectories(folder.resolve("top/dir/sub"));
    Files.createDirectories(folder.resolve("top/dir/empty"));
    Files.writeString(folder.resolve("top/dir/b.txt"), "bee");
    Files.writeString(folder.resolve("top/dir/sub/a.sh"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        folder.resolve("top/dir/sub/a.sh"), PosixFilePermissions.fromString("rwxr-x---"));
    packer = new FilePacker(folder, temporary, null, bytes -> {}, remarks::add);
  }

  @Test
  void fileIsSentAsItIsUnderThePathThatWasWritten() throws Exception {
    PreparedFile file = packer.input("./top//dir/b.txt", "VAR");

    assertThat(file.file().getDesc().getPath()).isEqualTo("./top//dir/b.txt");
    assertThat(file.file().getDesc().getVar()).isEqualTo("VAR");
    assertThat(file.file().getSizeBytes()).isEqualTo(3);
    assertThat(file.file().getCompressionType()).isEqualTo(FileCompressionType.NONE);
    assertThat(file.content()).hasContent("bee");
  }

  @Test
  void folderBecomesAnArchiveWhoseEntriesStartWithItsName() throws Exception {
    PreparedFile file = packer.input("./top/dir/", "");

    assertThat(file.file().getDesc().getPath()).isEqualTo("top/dir");
    assertThat(file.file().getCompressionType()).isEqualTo(FileCompressionType.ZIP);
    assertThat(file.file().getSizeBytes()).isEqualTo(Files.size(file.content()));
    try (var zip = new ZipFile(file.content().toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("dir/b.txt", "dir/sub/a.sh");
      assertThat(zip.getInputStream(zip.getEntry("dir/b.txt"))).hasContent("bee");
      assertThat(zip.getEntry("dir/b.txt").getMethod()).isEqualTo(ZipEntry.STORED);
    }
  }

  @Test
  void equalContentGivesEqualArchivesWhateverTheTime() throws Exception {
    String before = packer.input("top/dir", "").file().getSha256();
    Files.setLastModifiedTime(folder.resolve("top/dir/b.txt"), FileTime.fromMillis(0));

    assertThat(packer.input("top/dir", "").file().getSha256()).isEqualTo(before);
  }

  @Test
  void executableBitGoesIntoTheArchive() throws Exception {
    String before = packer.input("top/dir", "").file().getSha256();
    Files.setPosixFilePermissions(
        folder.resolve("top/dir/sub/a.sh"), PosixFilePermissions.fromString("rw-r-----"));

    assertThat(packer.input("top/dir", "").file().getSha256()).isNotEqualTo(before);
  }

  @Test
  void linksToFilesAreFollowedLinksToFoldersAreNot() throws Exception {
    Files.createSymbolicLink(folder.resolve("top/dir/file-link"), Path.of("b.txt"));
    Files.createSymbolicLink(folder.resolve("top/dir/folder-link"), Path.of("sub"));

    assertThat(entries(packer.input("top/dir", "")))
        .containsExactly("dir/b.txt", "dir/file-link", "dir/sub/a.sh");
  }

  @Test
  void brokenLinkIsNamed() throws Exception {
    Files.createSymbolicLink(folder.resolve("top/dir/broken"), Path.of("gone"));

    assertThatThrownBy(() -> packer.input("top/dir", ""))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("top/dir/broken");
  }

  @Test
  void localModuleIsRelativeToItsParent() throws Exception {
    PreparedFile module = packer.localModule("top/dir/b.txt", 3);

    assertThat(entries(module)).containsExactly("b.txt");
    assertThat(module.file().getDesc().getVar()).isEqualTo("_LOCAL_MODULE_3");
    assertThat(module.file().getCompressionType()).isEqualTo(FileCompressionType.ZIP);
  }

  @Test
  void tooLargeFileIsRefusedBeforeItIsRead() throws Exception {
    try (var sparse = new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
      sparse.setLength((5L << 30) + 1);
    }

    assertThatThrownBy(() -> packer.input("large", ""))
        .hasMessage(
            "large has 5.0GB, a file may have at most 5.0GB: put large data into a dataset");
  }

  @Test
  void nameThatIsNotUtf8IsRefusedByName() throws Exception {
    Files.writeString(
        Utf8Paths.resolve(folder.resolve("top/dir"), "caf\u00e9".getBytes(ISO_8859_1)), "");

    assertThatThrownBy(() -> packer.input("top/dir", ""))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("the name top/dir/caf%E9 is not UTF-8");
  }

  @Test
  void namesOfAnyLanguageGoIntoTheArchive() throws Exception {
    Files.createDirectories(folder.resolve("данные/папка"));
    Files.writeString(folder.resolve("данные/папка/файл.txt"), "f");

    assertThat(entries(packer.input("данные", ""))).containsExactly("данные/папка/файл.txt");
  }

  @Test
  void pipeInAFolderIsRefusedByName() throws Exception {
    new ProcessBuilder("mkfifo", folder.resolve("top/dir/sub/pipe").toString())
        .start()
        .waitFor();

    assertThatThrownBy(() -> packer.input("top/dir", ""))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("top/dir/sub/pipe is a named pipe, socket or device");
  }

  @Test
  void linksToFoldersAreToldAsLeftOut() throws Exception {
    Files.createSymbolicLink(folder.resolve("top/dir/folder-link"), Path.of("sub"));

    packer.input("top/dir", "");

    assertThat(remarks).hasSize(1);
    assertThat(remarks.get(0)).contains("top/dir", "left out", "folder-link");
  }

  @Test
  void fileOlderThanArchivesKnowIsToldOnce() throws Exception {
    Files.setLastModifiedTime(folder.resolve("top/dir/b.txt"), FileTime.fromMillis(0));

    packer.survey(List.of("top/dir"), List.of());
    packer.input("top/dir", "");

    assertThat(remarks).hasSize(1);
    assertThat(remarks.get(0)).contains("top/dir/b.txt is of the year 1970", "official client");
  }

  @Test
  void filesThatAreTooLargeTogetherAreRefusedBeforeOneIsRead() throws Exception {
    for (String name : List.of("a", "b", "c", "dir/d")) {
      Files.createDirectories(folder.resolve(name).getParent());
      try (var sparse = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
        sparse.setLength(3L << 30);
      }
    }
    var read = new AtomicLong();
    var surveying = new FilePacker(folder, temporary, null, read::addAndGet, remarks::add);

    assertThatThrownBy(() -> surveying.survey(List.of("a", "b"), List.of("c", "dir")))
        .hasMessageContaining("together have 12.0GB, a job may have at most 10.0GB");
    assertThat(read).hasValue(0);
  }

  @Test
  void archiveMayBeLargerThanFourGigabytes() throws Exception {
    Path archive = folder.resolve("large.zip");
    try (var file = new RandomAccessFile(archive.toFile(), "rw");
        var out = new SkippingOutput(file);
        var zip = new StoredZip(out)) {
      var zeros = zip.begin("zeros", 0644, 0x193838c3L, 5L << 30);
      for (int mebibyte = 0; mebibyte < 5 * 1024; mebibyte++) {
        zeros.write(out.hole);
      }
      zip.end();
      zip.begin("after", 0644, 0x8c736521L, 3).write("foo".getBytes());
      zip.end();
    }

    try (var zip = new ZipFile(archive.toFile())) {
      assertThat(zip.getEntry("zeros").getSize()).isEqualTo(5L << 30);
      assertThat(zip.getInputStream(zip.getEntry("after"))).hasContent("foo");
    }
  }

  @Test
  void whatIsSentIsWhatTheDepotTookWhateverBecomesOfTheFile() throws Exception {
    var depot = new MemoryDepot();
    try (var direct = new FilePacker(folder, temporary, depot, bytes -> {}, remarks::add)) {
      PreparedFile file = direct.input("top/dir/b.txt", "");
      Files.writeString(folder.resolve("top/dir/b.txt"), "changed");

      FileTransfer.put("url of the upload", file, bytes -> {});

      assertThat(depot.handedOver).containsExactly(Map.entry("url of the upload", "bee"));
      assertThat(file.file().getSizeBytes()).isEqualTo(3);
      assertThat(file.file().getSha256()).isEqualTo("sha256 of bee");
    }
    assertThat(depot.closed).isEqualTo(1);
  }

  @Test
  void folderForTheDepotLeavesNoArchiveBehind() throws Exception {
    var depot = new MemoryDepot();
    try (var direct = new FilePacker(folder, temporary, depot, bytes -> {}, remarks::add)) {
      PreparedFile archive = direct.input("top/dir", "");

      assertThat(archive.file().getSizeBytes())
          .isEqualTo(packer.input("top/dir", "").file().getSizeBytes());
      assertThat(archive.content()).doesNotExist();
    }
  }

  @Test
  void depotThatIsFullIsToldAsAnUploadThatFailed() {
    Depot full = content -> {
      throw new IOException("The disk is full");
    };
    try (var direct = new FilePacker(folder, temporary, full, bytes -> {}, remarks::add)) {
      assertThatThrownBy(() -> direct.input("top/dir/b.txt", ""))
          .isInstanceOf(FileException.class)
          .hasMessage("cannot upload top/dir/b.txt: The disk is full");
    }
  }

  private static List<String> entries(PreparedFile file) throws IOException {
    try (var zip = new ZipFile(file.content().toFile())) {
      return zip.stream().<String>map(ZipEntry::getName).toList();
    }
  }

  /** Keeps contents as texts. */
  private static final class MemoryDepot implements Depot {
    final Map<String, String> handedOver = new HashMap<>();
    int closed;

    @Override
    public Deposit take(InputStream content) throws IOException {
      String text = new String(content.readAllBytes(), ISO_8859_1);
      return new Deposit() {
        @Override
        public String sha256() {
          return "sha256 of " + text;
        }

        @Override
        public long sizeBytes() {
          return text.length();
        }

        @Override
        public void handOver(String url) {
          handedOver.put(url, text);
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }

  /** Leaves holes instead of writing zeros. */
  private static final class SkippingOutput extends java.io.OutputStream {
    /** Zeros that are skipped. */
    final byte[] hole = new byte[1 << 20];

    private final RandomAccessFile file;

    SkippingOutput(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public void write(int value) throws IOException {
      file.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (bytes == hole) {
        file.seek(file.getFilePointer() + length);
      } else {
        file.write(bytes, offset, length);
      }
    }
  }
}
