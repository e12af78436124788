package io.github.datasphere.emulator.runner.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs outputs for the client. They are not compressed, since the client is near. */
final class ZipFormat implements ArchiveStream.Format {
  private final ZipOutputStream zip;

  ZipFormat(OutputStream target) {
    zip = new ZipOutputStream(target);
    zip.setLevel(Deflater.NO_COMPRESSION);
  }

  @Override
  public void begin(ArchiveStream.Entry entry) throws IOException {
    var header = new ZipEntry(entry.name());
    header.setLastModifiedTime(entry.modified());
    zip.putNextEntry(header);
  }

  @Override
  public OutputStream content() {
    return zip;
  }

  @Override
  public void end() throws IOException {
    zip.closeEntry();
  }

  @Override
  public void finish() throws IOException {
    zip.finish();
  }
}
