package io.github.datasphere.emulator.client.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Writes the content of a file or folder as an archive. */
final class FolderArchive {
  private static final int BUFFER = 1 << 16;
  private static final int DEFAULT_MODE = 0644;

  private final FolderContent content;

  FolderArchive(FolderContent content) {
    this.content = content;
  }

  void write(OutputStream out, TransferProgress read) throws IOException, FileException {
    try (var zip = new StoredZip(out)) {
      for (var each : content.files()) {
        add(zip, each.file(), each.name());
        read.advance(0);
      }
    }
  }

  /** Two passes over a file: a stored entry has its checksum before its content. */
  private static void add(StoredZip zip, Path file, String name) throws IOException, FileException {
    byte[] buffer = new byte[BUFFER];
    var crc = new CRC32();
    long size = 0;
    try (var in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        crc.update(buffer, 0, count);
        size += count;
      }
    }
    var out = zip.begin(name, mode(file), crc.getValue(), size);
    var again = new CRC32();
    long left = size;
    try (var in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        left -= count;
        if (left < 0) {
          break;
        }
        again.update(buffer, 0, count);
        out.write(buffer, 0, count);
      }
    }
    if (left != 0 || again.getValue() != crc.getValue()) {
      throw new FileException(
          file + " changed while it was packed: run again when nothing changes it");
    }
    zip.end();
  }

  private static int mode(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("unix")
        ? (Integer) Files.getAttribute(file, "unix:mode") & 07777
        : DEFAULT_MODE;
  }
}
