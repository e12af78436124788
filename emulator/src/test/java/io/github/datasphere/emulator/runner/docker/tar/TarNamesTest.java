package io.github.datasphere.emulator.runner.docker.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

/** Names in archives as the engine writes them: what is not ASCII stands in a record before it. */
class TarNamesTest {
  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

  @Test
  void namesThatAreNotUtf8AreKnownAsBytesWhateverIsBetweenThem() throws Exception {
    try (var out = new TarArchiveOutputStream(archive)) {
      add(out, "dir/caf\u00e9", "x".repeat(700));
      add(out, "dir/plain", "");
      add(out, "dir/caf\u00e8", "short");
    }

    try (var tar = new DockerTar(new ByteArrayInputStream(archive.toByteArray()))) {
      tar.getNextEntry();
      assertThat(tar.names().path()).isEqualTo("dir/caf\u00e9".getBytes(ISO_8859_1));
      assertThat(TarNames.below(tar.names().path())).isEqualTo("caf\u00e9".getBytes(ISO_8859_1));
      // Content that nobody reads is skipped
      assertThat(tar.getNextEntry().getName()).isEqualTo("dir/plain");
      assertThat(tar.names().path()).isNull();
      assertThat(tar.getNextEntry().getName()).isNotEqualTo("dir/caf\u00e8");
      assertThat(tar.names().path()).isEqualTo("dir/caf\u00e8".getBytes(ISO_8859_1));
      assertThat(tar.readAllBytes()).asString().isEqualTo("short");
      assertThat(tar.getNextEntry()).isNull();
    }
  }

  private static void add(TarArchiveOutputStream out, String name, String content)
      throws IOException {
    if (name.chars().anyMatch(each -> each > 0x7f)) {
      put(
          out,
          new TarArchiveEntry("PaxHeaders", TarConstants.LF_PAX_EXTENDED_HEADER_LC),
          record(name));
    }
    put(out, new TarArchiveEntry(name.replaceAll("[^ -~]", "")), content.getBytes(ISO_8859_1));
  }

  private static void put(TarArchiveOutputStream out, TarArchiveEntry entry, byte[] content)
      throws IOException {
    entry.setSize(content.length);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  /** Its own length counts, too. */
  private static byte[] record(String name) {
    var rest = " path=" + name + "\n";
    return ((rest.length() + 2) + rest).getBytes(ISO_8859_1);
  }
}
