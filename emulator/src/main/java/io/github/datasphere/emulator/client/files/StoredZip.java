package io.github.datasphere.emulator.client.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Writes a ZIP archive without compression, as the official client packs folders (service-behaviour
 * 2.8). The JDK's own writer cannot store the executable bit of a file. All entries carry the same
 * time, so that equal content gives equal archives and is sent only once.
 */
final class StoredZip implements AutoCloseable {
  /** The first time that a ZIP archive can tell; it has no time zone. */
  private static final LocalDateTime FIRST_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final int REGULAR_FILE = 0100000;

  private final ZipArchiveOutputStream zip;
  private final long time =
      FIRST_TIME.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();

  StoredZip(OutputStream out) {
    zip = new ZipArchiveOutputStream(out);
    zip.setEncoding(UTF_8.name());
    zip.setMethod(ZipEntry.STORED);
  }

  /**
   * Starts an entry; exactly {@code size} bytes of content are to be written to the stream next.
   *
   * @param name with slashes
   * @param mode permission bits
   */
  OutputStream begin(String name, int mode, long crc, long size) throws IOException {
    var entry = new ZipArchiveEntry(name);
    entry.setUnixMode(REGULAR_FILE | mode);
    entry.setTime(time);
    entry.setCrc(crc);
    entry.setSize(size);
    zip.putArchiveEntry(entry);
    return zip;
  }

  /** Ends the entry whose content has been written. */
  void end() throws IOException {
    zip.closeArchiveEntry();
  }

  /** Writes the directory of the archive; the stream below stays open. */
  @Override
  public void close() throws IOException {
    zip.finish();
    zip.flush();
  }
}
