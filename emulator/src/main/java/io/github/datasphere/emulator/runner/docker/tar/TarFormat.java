package io.github.datasphere.emulator.runner.docker.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs files for the engine. */
public final class TarFormat implements ArchiveStream.Format {
  /** All inputs are executable, as on the service (service-behaviour 4.5). */
  private static final int MODE = 0755;

  private final TarArchiveOutputStream tar;

  public TarFormat(OutputStream target) {
    tar = new TarArchiveOutputStream(target, UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  @Override
  public void begin(ArchiveStream.Entry entry) throws IOException {
    var header = new TarArchiveEntry(entry.name());
    header.setMode(MODE);
    header.setSize(entry.size());
    header.setModTime(FileTime.from(entry.modified().to(TimeUnit.SECONDS), TimeUnit.SECONDS));
    tar.putArchiveEntry(header);
    tar.flush();
  }

  @Override
  public OutputStream content() {
    return tar;
  }

  @Override
  public void end() throws IOException {
    tar.closeArchiveEntry();
    tar.flush();
  }

  @Override
  public void finish() throws IOException {
    tar.finish();
  }
}
