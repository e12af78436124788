package io.github.datasphere.emulator.runner.docker.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** An archive from the engine that keeps the names of its entries as bytes. */
public final class DockerTar extends TarArchiveInputStream {
  private final TarNames names;

  public DockerTar(InputStream archive) {
    this(new TarNames(archive));
  }

  private DockerTar(TarNames names) {
    super(names, UTF_8.name());
    this.names = names;
  }

  /**
   * Goes to the next entry. An engine that fails within an archive ends it in good order, so the
   * mark at its end tells whether it is whole.
   */
  @Override
  public @Nullable TarArchiveEntry getNextEntry() throws IOException {
    var entry = super.getNextEntry();
    if (entry == null && !names.isEnded()) {
      throw new EOFException("the engine's archive of the files breaks off");
    }
    return entry;
  }

  /** Returns the names of the entry that was read last. */
  public TarNames names() {
    return names;
  }
}
